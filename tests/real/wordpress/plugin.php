<?php
// Gives the plugin a site of its own: `php plugin.php <zip>`. A copy of the
// seeded database, fresh each time, in KABAR_DATABASE; the zip, unpacked by
// WordPress itself; and, but for the site of the administrator's visit, which
// does this in a browser, the plugin active and pages that use it.

$site = getenv('KABAR_SITE_ROOT');
$name = getenv('KABAR_DATABASE');
copy_database('kabar', $name);
array_map('unlink', glob("$site/debug-*.log"));

require "$site/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/admin.php';
WP_Filesystem();
global $wp_filesystem;
$wp_filesystem->delete(WP_PLUGIN_DIR, true);
check(unzip_file($argv[1], WP_PLUGIN_DIR));
wp_set_password('kata-sandi-uji', 1);
if ($name === 'kabar_admin') {
    return;
}
// As an editor's own: with an administrator's right to markup.
wp_set_current_user(1);
check(activate_plugin('kabar/kabar.php'));
update_option('kabar', ['after' => ['share', 'next', 'cards'], 'limit' => 3, 'networks' => 'whatsapp facebook telegram copy', 'lang' => '', 'folder' => '']);
foreach (json_decode(file_get_contents(__DIR__ . '/pages.json'), true, 8, JSON_THROW_ON_ERROR) as $slug => $content) {
    check(wp_insert_post(wp_slash(['post_type' => 'page', 'post_status' => 'publish', 'post_name' => $slug, 'post_title' => $slug, 'post_content' => $content]), true));
}

/** The tables with all their rows; both databases are on the one server. */
function copy_database(string $from, string $to): void
{
    mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
    $database = new mysqli('localhost', 'root', '', '', 0, getenv('KABAR_SOCKET'));
    $database->query("DROP DATABASE IF EXISTS $to");
    $database->query("CREATE DATABASE $to CHARACTER SET utf8mb4");
    foreach ($database->query("SHOW TABLES FROM $from")->fetch_all() as [$table]) {
        $database->query("CREATE TABLE $to.$table LIKE $from.$table");
        $database->query("INSERT INTO $to.$table SELECT * FROM $from.$table");
    }
}

function check($result): void
{
    if (is_wp_error($result)) {
        throw new RuntimeException($result->get_error_message());
    }
}
