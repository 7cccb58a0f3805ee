<?php
/**
 * Plugin Name: Kabar
 * Description: Article cards, share buttons and a next-post teaser, from the site's own REST API, as a block, a shortcode, or under every post.
 * Version: __KABAR_VERSION__
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: MIT OR Apache-2.0
 * License URI: https://opensource.org/license/mit
 * Text Domain: kabar
 * Domain Path: /languages
 *
 * @package Kabar
 */

namespace Kabar;

defined( 'ABSPATH' ) || exit;

/** This file: what plugins_url() and the like start from. */
const FILE = __FILE__;

// The sources are not the plugin: its zip has Kabar's files, too.
if ( ! is_readable( __DIR__ . '/attributes.json' ) ) {
	add_action(
		'admin_notices',
		static function () {
			echo '<div class="notice notice-error"><p>Kabar: make the zip with <code>cargo xtask wordpress-plugin</code> and upload that.</p></div>';
		}
	);
	return;
}

require __DIR__ . '/includes/options.php';
require __DIR__ . '/includes/script.php';
require __DIR__ . '/includes/elements.php';
require __DIR__ . '/includes/places.php';
require __DIR__ . '/includes/settings.php';

add_action(
	'init',
	static function () {
		load_plugin_textdomain( 'kabar', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	},
	0
);
