<?php
/**
 * The elements as HTML.
 *
 * @package Kabar
 */

namespace Kabar;

defined( 'ABSPATH' ) || exit;

/** The attributes whose values are addresses. */
const ADDRESSES = array( 'feed', 'current', 'url', 'image', 'beacon' );

/** How many of the newest posts Kabar asks the REST API for at the least. */
const ASKED = 10;

/**
 * The elements that `show` names, in its order.
 *
 * @param array         $values The widget's attributes by name, and besides
 *                              `show`, which names elements, and `parts`, which
 *                              becomes their attribute `show`.
 * @param \WP_Post|null $post   The post that they are about, if any.
 * @return string HTML; empty where it is no page for readers.
 */
function markup( array $values, ?\WP_Post $post ): string {
	if ( ! is_page_for_readers() ) {
		return '';
	}
	$known = wp_json_file_decode( __DIR__ . '/../attributes.json', array( 'associative' => true ) );
	$show  = preg_split( '/[\s,]+/', strtolower( (string) ( $values['show'] ?? implode( ' ', ELEMENTS ) ) ), -1, PREG_SPLIT_NO_EMPTY );
	unset( $values['show'] );
	if ( isset( $values['parts'] ) ) {
		$values['show'] = $values['parts'];
	}
	$html = '';
	foreach ( array_intersect( $show, ELEMENTS ) as $name ) {
		$own   = array_merge( settled( $name ), $post ? of_post( $name, $post, $values ) : array(), $values );
		$html .= sprintf(
			"<kabar-%1\$s%2\$s>%3\$s</kabar-%1\$s>\n",
			$name,
			attributes( array_intersect_key( $own, array_flip( $known[ $name ] ) ) ),
			fallback( $name, $post, $own )
		);
	}
	if ( '' !== $html ) {
		enqueue();
	}
	return $html;
}

/**
 * Whether readers see in a browser what is being made: not a feed, the REST
 * API (which Kabar itself reads), an excerpt, an e-mail or an AMP page.
 */
function is_page_for_readers(): bool {
	foreach ( array( 'amp_is_request', 'is_amp_endpoint', 'ampforwp_is_amp_endpoint' ) as $is_amp ) {
		if ( function_exists( $is_amp ) && $is_amp() ) {
			return false;
		}
	}
	return ! is_admin() && ! is_feed() && ! is_embed() && ! wp_doing_cron()
		&& ! ( defined( 'REST_REQUEST' ) && REST_REQUEST )
		&& ! doing_filter( 'get_the_excerpt' )
		// Here plugins make a description for search engines of the content.
		&& ! doing_action( 'wp_head' );
}

/** What the site's settings say of an element. */
function settled( string $name ): array {
	$options = options();
	// Dates as on the rest of the page; an offset, which is not a zone, is left to Kabar.
	$zone   = wp_timezone_string();
	$values = array_filter(
		array(
			'lang'     => $options['lang'],
			'networks' => $options['networks'],
			'timezone' => 'share' === $name || ! preg_match( '/^[A-Z]/i', $zone ) ? '' : $zone,
		),
		'strlen'
	);
	return 'cards' === $name ? $values + array( 'limit' => $options['limit'] ) : $values;
}

/**
 * What a post says of an element under it. Said for each one: the page may
 * show several posts, and have a canonical link of its own.
 */
function of_post( string $name, \WP_Post $post, array $values ): array {
	$address = (string) get_permalink( $post );
	if ( 'share' === $name ) {
		$picture = get_the_post_thumbnail_url( $post, 'full' );
		return array_filter(
			array(
				'url'   => $address,
				'title' => plain( get_the_title( $post ) ),
				'image' => $picture ? $picture : '',
			),
			'strlen'
		);
	}
	$own    = array( 'current' => $address );
	$beside = 'next' === $name && ! isset( $values['feed'] ) && ! is_among_newest( $post ) ? beside( $post, $values ) : null;
	if ( $beside ) {
		// Not in the list that the cards ask for: one more request, for the one post.
		$own['feed'] = add_query_arg( 'include', $beside->ID, rest_url( 'wp/v2/posts' ) );
	}
	return $own;
}

/** The post that comes after one, if any: the older one, or the newer where `order` says so. */
function beside( \WP_Post $post, array $values ): ?\WP_Post {
	if ( 'post' !== $post->post_type ) {
		return null;
	}
	$newer = 'newer' === ( $values['order'] ?? '' );
	$found = get_posts(
		array(
			'numberposts'      => 1,
			'order'            => $newer ? 'ASC' : 'DESC',
			'date_query'       => array( array( $newer ? 'after' : 'before' => $post->post_date ) ),
			'suppress_filters' => false,
		)
	);
	return $found[0] ?? null;
}

/** Whether a post, and the one that is older, are in the list that the cards ask for. */
function is_among_newest( \WP_Post $post ): bool {
	$newest = get_posts(
		array(
			'numberposts'      => ASKED - 1,
			'fields'           => 'ids',
			'suppress_filters' => false,
		)
	);
	return in_array( $post->ID, $newest, true );
}

/**
 * Attributes as HTML, each with a blank before it.
 *
 * @param array $values Any texts and numbers, by names that are known.
 */
function attributes( array $values ): string {
	$html = '';
	foreach ( $values as $name => $value ) {
		if ( ! is_scalar( $value ) ) {
			continue;
		}
		$is_address = in_array( $name, ADDRESSES, true );
		$value      = $is_address ? esc_url( (string) $value, array( 'http', 'https' ) ) : esc_attr( (string) $value );
		if ( ! $is_address || '' !== $value ) {
			$html .= sprintf( ' %s="%s"', $name, $value );
		}
	}
	return $html;
}

/** What is there until the script has come, and where it never does. */
function fallback( string $name, ?\WP_Post $post, array $values ): string {
	if ( 'cards' === $name ) {
		$blog = (int) get_option( 'page_for_posts' );
		return link( $blog ? (string) get_permalink( $blog ) : home_url( '/' ), __( 'All articles', 'kabar' ) );
	}
	$beside = 'next' === $name && $post ? beside( $post, $values ) : null;
	return $beside ? link( (string) get_permalink( $beside ), plain( get_the_title( $beside ) ) ) : '';
}

/** A link as HTML, from plain texts. */
function link( string $address, string $text ): string {
	return sprintf( '<a href="%s">%s</a>', esc_url( $address ), esc_html( $text ) );
}

/** The text of a title, which WordPress keeps as HTML. */
function plain( string $html ): string {
	return html_entity_decode( wp_strip_all_tags( $html ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
}
