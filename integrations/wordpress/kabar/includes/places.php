<?php
/**
 * Where the elements come into a page: a shortcode, a block, under every post.
 *
 * @package Kabar
 */

namespace Kabar;

defined( 'ABSPATH' ) || exit;

add_shortcode(
	'kabar',
	static function ( $values ) {
		return markup( is_array( $values ) ? $values : array(), current_post() );
	}
);

add_action(
	'init',
	static function () {
		$block = register_block_type( __DIR__ . '/../block', array( 'render_callback' => __NAMESPACE__ . '\\block' ) );
		foreach ( $block ? $block->editor_script_handles : array() as $handle ) {
			wp_set_script_translations( $handle, 'kabar', dirname( FILE ) . '/languages' );
		}
	}
);

/**
 * The block as HTML.
 *
 * @param array          $attributes Those of block.json. `other` is written as in the shortcode.
 * @param string         $content    Nothing: the block is saved without.
 * @param \WP_Block|null $block      Says which post a loop is at.
 */
function block( array $attributes, string $content = '', ?\WP_Block $block = null ): string {
	$other  = shortcode_parse_atts( (string) ( $attributes['other'] ?? '' ) );
	$values = is_array( $other ) ? $other : array();
	$values = array_intersect_key( $attributes, array_flip( array( 'show', 'limit', 'layout', 'networks' ) ) ) + $values;
	$post = isset( $block->context['postId'] ) ? get_post( $block->context['postId'] ) : current_post();
	$html = markup( $values, $post );
	return '' === $html ? '' : sprintf( "<div %s>\n%s</div>\n", get_block_wrapper_attributes(), $html );
}

/** The post that is being shown, if the page is at one. */
function current_post(): ?\WP_Post {
	$post = in_the_loop() ? get_post() : ( is_singular() ? get_queried_object() : null );
	return $post instanceof \WP_Post ? $post : null;
}

add_filter(
	'the_content',
	static function ( $content ) {
		$after = options()['after'];
		$post  = get_post();
		if ( ! $after || ! $post || ! is_singular( 'post' ) || ! in_the_loop() || get_queried_object_id() !== $post->ID ) {
			return $content;
		}
		// Its author has put them where they are wanted.
		if ( has_shortcode( $post->post_content, 'kabar' ) || has_block( 'kabar/widget', $post ) ) {
			return $content;
		}
		return $content . "\n" . markup( array( 'show' => implode( ' ', $after ) ), $post );
	},
	// After what makes paragraphs, shortcodes and pictures of the content.
	99
);
