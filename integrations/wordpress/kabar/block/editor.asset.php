<?php
/**
 * What editor.js stands on.
 *
 * @package Kabar
 */

return array(
	'dependencies' => array( 'wp-blocks', 'wp-element', 'wp-block-editor', 'wp-components', 'wp-i18n' ),
	'version'      => '__KABAR_VERSION__',
);
