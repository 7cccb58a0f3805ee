<?php
/**
 * Takes away what the plugin has stored: one option for each site.
 *
 * @package Kabar
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $kabar_site ) {
		delete_blog_option( $kabar_site, 'kabar' );
	}
} else {
	delete_option( 'kabar' );
}
