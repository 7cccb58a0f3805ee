<?php
// The configuration of the test's own site: everything that differs from run
// to run comes in by the environment (xtask/src/real/wordpress.rs).

define('DB_NAME', getenv('KABAR_DATABASE') ?: 'kabar');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . getenv('KABAR_SOCKET'));
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

// One database, several servers on ports of their own.
define('WP_HOME', 'http://' . ($_SERVER['HTTP_HOST'] ?? '127.0.0.1'));
define('WP_SITEURL', WP_HOME);

// Nothing runs in the background, and nothing is asked of another machine.
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('AUTOMATIC_UPDATER_DISABLED', true);

// A notice before the JSON would be a fault of this set-up: it goes to the log.
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);

// What PHP and WordPress complain of, by site: tests/real/plugin.rs looks into it.
define('WP_DEBUG_LOG', __DIR__ . '/debug-' . getenv('KABAR_SITE') . '.log');

define('WP_CONTENT_DIR', __DIR__ . '/wp-content');
// Where the plugin is deleted, the other sites keep theirs.
define('WP_PLUGIN_DIR', __DIR__ . '/plugins-of-' . DB_NAME);
define('WP_PLUGIN_URL', WP_HOME . '/plugins-of-' . DB_NAME);
define('FS_METHOD', 'direct');
define('WP_LANG_DIR', '/usr/share/wordpress/wp-content/languages');
require_once ABSPATH . 'wp-settings.php';
