<?php
/**
 * Plugin Name: Kabar, for the tests
 * Description: Puts the script tag under each article of the sites that do not have the plugin. What else it does stands in for a publisher's settings.
 */

// One database, several sites: what differs is told by the server's environment.
$kabar_site = getenv('KABAR_SITE');

$kabar_has_plugin = in_array($kabar_site, ['plugin', 'blocks', 'admin'], true);

// `data-*` values for one visit: /some-post/?kabar[limit]=30. WordPress leaves them out of the canonical link.
add_filter('the_content', function ($content) use ($kabar_has_plugin) {
    static $done = false;
    if ($done || $kabar_has_plugin || !is_singular('post') || get_the_ID() !== get_queried_object_id()) {
        return $content;
    }
    $done = true;
    $data = '';
    foreach ((array) ($_GET['kabar'] ?? []) as $name => $value) {
        $data .= sprintf(' data-%s="%s"', sanitize_key($name), esc_attr(wp_unslash($value)));
    }
    return $content . "\n" . '<script async src="' . esc_url(home_url('/kabar/kabar.js')) . '" data-show="cards share next"' . $data . '></script>';
}, 99);

// Stock themes, one of either kind: templates in PHP, and templates in blocks.
$kabar_theme = fn () => in_array(getenv('KABAR_SITE'), ['rest', 'plugin', 'admin'], true) ? 'twentytwentyone' : 'twentytwentythree';
add_filter('pre_option_template', $kabar_theme);
add_filter('pre_option_stylesheet', $kabar_theme);

if (in_array($kabar_site, ['plain', 'blocks'], true)) {
    add_filter('pre_option_permalink_structure', '__return_empty_string');
}

if ($kabar_has_plugin) {
    // What the plugin AMP has: /some-post/?amp=1.
    function amp_is_request() { return isset($_GET['amp']); }
}

if ($kabar_site === 'feed') {
    // What plugins that switch the REST API off do.
    add_filter('rest_authentication_errors', fn () => new WP_Error('rest_disabled', 'REST API dimatikan.', ['status' => 401]));
    remove_action('wp_head', 'rest_output_link_wp_head');
    remove_action('template_redirect', 'rest_output_link_header', 11);
}
