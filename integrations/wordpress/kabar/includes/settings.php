<?php
/**
 * Settings > Kabar. WordPress's own options.php checks the nonce and the right
 * to store what the form sends.
 *
 * @package Kabar
 */

namespace Kabar;

defined( 'ABSPATH' ) || exit;

add_action(
	'admin_init',
	static function () {
		register_setting(
			'kabar',
			'kabar',
			array(
				'type'              => 'array',
				'sanitize_callback' => __NAMESPACE__ . '\\sanitize',
			)
		);
	}
);

add_action(
	'admin_menu',
	static function () {
		add_options_page( 'Kabar', 'Kabar', 'manage_options', 'kabar', __NAMESPACE__ . '\\page' );
	}
);

add_filter(
	'plugin_action_links_' . plugin_basename( FILE ),
	static function ( $links ) {
		array_unshift( $links, link( admin_url( 'options-general.php?page=kabar' ), __( 'Settings', 'kabar' ) ) );
		return $links;
	}
);

/** Prints the page. */
function page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$options = options();
	?>
	<div class="wrap">
		<h1>Kabar</h1>
		<form action="options.php" method="post">
			<?php settings_fields( 'kabar' ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><?php esc_html_e( 'After every post', 'kabar' ); ?></th>
					<td><?php elements_field( $options['after'] ); ?></td>
				</tr>
				<?php
				row(
					'limit',
					__( 'How many cards', 'kabar' ),
					'',
					array(
						'type'  => 'number',
						'min'   => 1,
						'max'   => MOST_CARDS,
						'class' => 'small-text',
						'value' => $options['limit'],
					)
				);
				row(
					'networks',
					__( 'Share buttons', 'kabar' ),
					__( 'Names with blanks between them, in display order, such as: native whatsapp facebook x copy. Empty for Kabar’s own choice.', 'kabar' ),
					array( 'value' => $options['networks'] )
				);
				row(
					'lang',
					__( 'Language', 'kabar' ),
					__( 'Of labels and dates, such as id or en-GB. Empty for the page’s own.', 'kabar' ),
					array(
						'value' => $options['lang'],
						'class' => 'small-text',
					)
				);
				row(
					'folder',
					__( 'Address of Kabar’s files', 'kabar' ),
					__( 'The folder that has kabar.js and the files beside it. Empty for those that came with the plugin.', 'kabar' ),
					array(
						'type'        => 'url',
						'class'       => 'regular-text code',
						'value'       => $options['folder'],
						'placeholder' => plugins_url( 'dist/', FILE ),
					)
				);
				?>
			</table>
			<?php submit_button(); ?>
		</form>
		<p><?php esc_html_e( 'The block “Kabar” and the shortcode [kabar show="share next cards" limit="3"] take these values too, where they have none of their own.', 'kabar' ); ?></p>
	</div>
	<?php
}

/** A box to tick for each element. */
function elements_field( array $after ) {
	$labels = array(
		'share' => __( 'Share buttons', 'kabar' ),
		'next'  => __( 'The next post', 'kabar' ),
		'cards' => __( 'Article cards', 'kabar' ),
	);
	echo '<fieldset>';
	printf( '<legend class="screen-reader-text">%s</legend>', esc_html__( 'After every post', 'kabar' ) );
	foreach ( $labels as $name => $label ) {
		printf(
			'<label><input type="checkbox" name="kabar[after][]" value="%s"%s> %s</label><br>',
			esc_attr( $name ),
			checked( in_array( $name, $after, true ), true, false ),
			esc_html( $label )
		);
	}
	printf( '<p class="description">%s</p></fieldset>', esc_html__( 'Not under a post that has the block or the shortcode already.', 'kabar' ) );
}

/** A row with one input; `$input` are its attributes, in plain text. */
function row( string $name, string $label, string $description, array $input ) {
	$input += array(
		'type'  => 'text',
		'class' => 'regular-text',
		'id'    => "kabar-$name",
		'name'  => "kabar[$name]",
	);
	printf( '<tr><th scope="row"><label for="%s">%s</label></th><td><input', esc_attr( $input['id'] ), esc_html( $label ) );
	foreach ( $input as $attribute => $value ) {
		printf( ' %s="%s"', esc_attr( $attribute ), esc_attr( (string) $value ) );
	}
	echo '>';
	if ( '' !== $description ) {
		printf( '<p class="description">%s</p>', esc_html( $description ) );
	}
	echo '</td></tr>';
}
