<?php
/**
 * What the settings page keeps: one option, an array.
 *
 * @package Kabar
 */

namespace Kabar;

defined( 'ABSPATH' ) || exit;

/** The elements, in the order in which they come under a post. */
const ELEMENTS = array( 'share', 'next', 'cards' );

/** How many cards there may be: the bounds of the attribute `limit`. */
const MOST_CARDS = 10000;

/**
 * The settings, whole even where the option is not there or is not ours.
 *
 * @return array after: names of elements; limit: a number; networks, lang and
 *               folder: texts, empty for what Kabar itself does.
 */
function options(): array {
	return array_merge( defaults(), array_intersect_key( (array) get_option( 'kabar', array() ), defaults() ) );
}

/** The settings of a fresh site: nothing is printed that nobody asked for. */
function defaults(): array {
	return array(
		'after'    => array(),
		'limit'    => 6,
		'networks' => '',
		'lang'     => '',
		'folder'   => '',
	);
}

/**
 * What may be stored of what a form, or anything else, gives.
 *
 * @param mixed $given From the form: all texts, and `after` a list of them.
 */
function sanitize( $given ): array {
	$given = array_merge( defaults(), is_array( $given ) ? $given : array() );
	$after = array_filter( (array) $given['after'], 'is_string' );
	$lang  = sanitize_text_field( $given['lang'] );
	if ( '' !== $lang && ! preg_match( '/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/', $lang ) ) {
		add_settings_error( 'kabar', 'lang', __( 'The language must be a tag such as id or en-GB; the page’s own is used.', 'kabar' ) );
		$lang = '';
	}
	$folder = is_string( $given['folder'] ) ? trim( $given['folder'] ) : '';
	if ( '' !== $folder && ! preg_match( '#^https?://.#i', $folder ) ) {
		add_settings_error( 'kabar', 'folder', __( 'The address must begin with https://; the plugin’s own files are used.', 'kabar' ) );
		$folder = '';
	}
	preg_match_all( '/[a-z0-9-]+/', strtolower( sanitize_text_field( $given['networks'] ) ), $networks );
	return array(
		'after'    => array_values( array_intersect( ELEMENTS, $after ) ),
		'limit'    => min( max( (int) $given['limit'], 1 ), MOST_CARDS ),
		'networks' => implode( ' ', $networks[0] ),
		'lang'     => $lang,
		'folder'   => esc_url_raw( $folder, array( 'http', 'https' ) ),
	);
}
