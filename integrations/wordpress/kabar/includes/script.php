<?php
/**
 * The script: one tag for a page, and only for a page that has an element.
 *
 * @package Kabar
 */

namespace Kabar;

defined( 'ABSPATH' ) || exit;

/** Has the page load the script; a second call does nothing more. */
function enqueue() {
	$folder = options()['folder'];
	if ( '' !== $folder ) {
		// What that folder holds, and when it changes, is its owner's affair.
		wp_enqueue_script( 'kabar', trailingslashit( $folder ) . 'kabar.js', array(), null, true ); // phpcs:ignore WordPress.WP.EnqueuedResourceParameters
		return;
	}
	// Named by its content: an old copy in a cache would not have the page's `integrity`.
	wp_enqueue_script( 'kabar', plugins_url( 'dist/kabar.js', FILE ), array(), substr( md5( integrity() ), 0, 8 ), true );
}

/** The `integrity` of the plugin's own script, empty if it is not known. */
function integrity(): string {
	$hashes = wp_json_file_decode( __DIR__ . '/../dist/integrity.json', array( 'associative' => true ) );
	return (string) ( $hashes['kabar.js'] ?? '' );
}

add_filter(
	'script_loader_tag',
	static function ( $tag, $handle ) {
		if ( 'kabar' !== $handle ) {
			return $tag;
		}
		$attributes = ' async';
		if ( '' === options()['folder'] && '' !== integrity() ) {
			// `crossorigin`, for a plugin may have put the files on a host of their own.
			$attributes .= sprintf( ' crossorigin="anonymous" integrity="%s"', esc_attr( integrity() ) );
		}
		return preg_replace( '/<script(?=[^>]*\ssrc=)/', '<script' . $attributes, $tag, 1 );
	},
	10,
	2
);
