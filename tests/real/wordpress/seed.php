<?php
// Makes the site, or finds it as it was made: `php seed.php`. What the tests
// compare with goes into articles.json, read from the database itself.

$site = getenv('KABAR_SITE_ROOT');
$content = "$site/wp-content";
$seed = json_decode(file_get_contents(__DIR__ . '/posts.json'), true, 16, JSON_THROW_ON_ERROR);

lay_out($site, $content);
$stamp = hash('sha256', implode(array_map('file_get_contents', [__FILE__, __DIR__ . '/posts.json', '/usr/share/wordpress/wp-includes/version.php'])));
$fresh = is_seeded($stamp);
if (!$fresh) {
    start_over($content);
    define('WP_INSTALLING', true);
}

// The installer would write a mail, and ask the site for a page.
function wp_mail() { return true; }

require "$site/wp-load.php";
if (!$fresh) {
    install($seed);
    fill($seed);
    update_option('kabar_seed', $stamp);
}
export($seed, "$site/articles.json");

/** Debian's WordPress with a configuration and a wp-content of its own; nothing of Debian's is changed. */
function lay_out(string $site, string $content): void
{
    foreach (["$content/mu-plugins", "$content/uploads"] as $folder) {
        is_dir($folder) || mkdir($folder, 0755, true);
    }
    // These look for the configuration beside themselves, so they are copies.
    foreach (glob('/usr/share/wordpress/*.php') as $file) {
        copy($file, $site . '/' . basename($file));
    }
    copy(__DIR__ . '/wp-config.php', "$site/wp-config.php");
    copy(__DIR__ . '/kabar.php', "$content/mu-plugins/kabar.php");
    foreach (['wp-admin', 'wp-includes', 'wp-content/themes'] as $folder) {
        is_link("$site/$folder") || symlink("/usr/share/wordpress/$folder", "$site/$folder");
    }
}

function database(): mysqli
{
    mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
    return new mysqli('localhost', 'root', '', '', 0, getenv('KABAR_SOCKET'));
}

function is_seeded(string $stamp): bool
{
    try {
        $found = database()->query("SELECT option_value FROM kabar.wp_options WHERE option_name = 'kabar_seed'")->fetch_row();
        return $found !== null && $found !== false && $found[0] === $stamp;
    } catch (mysqli_sql_exception) {
        // No such table yet.
        return false;
    }
}

function start_over(string $content): void
{
    $database = database();
    $database->query('DROP DATABASE IF EXISTS kabar');
    $database->query('CREATE DATABASE kabar CHARACTER SET utf8mb4');
    $uploads = new RecursiveDirectoryIterator("$content/uploads", FilesystemIterator::SKIP_DOTS);
    foreach (new RecursiveIteratorIterator($uploads, RecursiveIteratorIterator::CHILD_FIRST) as $file) {
        $file->isDir() ? rmdir($file) : unlink($file);
    }
}

function install(array $seed): void
{
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    require_once ABSPATH . 'wp-admin/includes/image.php';
    // Known beforehand, or the installer tries whether the (unstarted) server rewrites URLs.
    $permalinks = fn () => '/%year%/%monthnum%/%postname%/';
    add_filter('pre_option_permalink_structure', $permalinks);
    wp_install($seed['site'], 'pengurus', 'pengurus@koran.example', true, '', wp_generate_password(), 'id_ID');
    remove_filter('pre_option_permalink_structure', $permalinks);
    foreach (get_posts(['post_type' => 'any', 'post_status' => 'any', 'numberposts' => -1]) as $post) {
        wp_delete_post($post->ID, true);
    }
    foreach (['permalink_structure' => $permalinks(), 'timezone_string' => 'Asia/Jakarta', 'WPLANG' => 'id_ID'] as $name => $value) {
        update_option($name, $value);
    }
}

function fill(array $seed): void
{
    // As an editor's own article: with an administrator's right to markup in titles.
    wp_set_current_user(1);
    $authors = [];
    foreach ($seed['authors'] as $place => $name) {
        $authors[] = wp_insert_user(wp_slash(['user_login' => "penulis$place", 'user_pass' => wp_generate_password(), 'display_name' => $name, 'role' => 'author']));
    }
    $posts = $seed['posts'];
    // The order of writing is not the order of dates. The draft is first, for a picture belongs to it.
    usort($posts, fn ($a, $b) => [isset($b['status']), $a['slug']] <=> [isset($a['status']), $b['slug']]);
    $draft = 0;
    foreach ($posts as $place => $post) {
        $categories = array_map(function ($name) {
            $known = term_exists($name, 'category');
            return (int) ($known ?: wp_insert_term($name, 'category'))['term_id'];
        }, $post['categories']);
        // A picture that belongs to a draft is not shown to readers, whoever else uses it.
        $owner = $post['picture'] === 'hidden' ? $draft : 0;
        $picture = in_array($post['picture'], ['none', 'broken']) ? 0 : picture($post, $place, $owner);
        $id = wp_insert_post(wp_slash([
            'post_title' => $post['title'],
            'post_name' => $post['slug'],
            'post_date' => $post['date'],
            'post_status' => $post['status'] ?? 'publish',
            'post_password' => $post['password'] ?? '',
            'post_author' => $authors[$post['author']],
            'post_excerpt' => $post['excerpt'] ?? '',
            'post_content' => content($post, $seed['paragraphs'], $picture),
            'post_category' => $categories,
            'tags_input' => $post['tags'],
        ]), true);
        if (is_wp_error($id)) {
            throw new RuntimeException("{$post['slug']}: {$id->get_error_message()}");
        }
        $draft = isset($post['status']) ? $id : $draft;
        if (in_array($post['picture'], ['featured', 'both', 'hidden'])) {
            set_post_thumbnail($id, $picture);
        }
        if ($post['picture'] === 'broken') {
            // What is left when somebody deletes a picture from the library in the database.
            update_post_meta($id, '_thumbnail_id', 999999);
        }
    }
}

/** The blocks that the editor would save. */
function content(array $post, array $paragraphs, int $picture): string
{
    $blocks = '';
    if (in_array($post['picture'], ['inline', 'both'])) {
        $blocks .= sprintf(
            "<!-- wp:image {\"id\":%d,\"sizeSlug\":\"large\"} -->\n<figure class=\"wp-block-image size-large\"><img src=\"%s\" alt=\"%s\" class=\"wp-image-%d\"/></figure>\n<!-- /wp:image -->\n\n",
            $picture,
            // Without a host: the site has another port each time.
            wp_make_link_relative(wp_get_attachment_image_url($picture, 'large')),
            esc_attr($post['alt']),
            $picture
        );
    }
    foreach ([$post['lead'], ...array_slice($paragraphs, 0, $post['paragraphs'])] as $text) {
        $blocks .= "<!-- wp:paragraph -->\n<p>" . esc_html($text) . "</p>\n<!-- /wp:paragraph -->\n\n";
    }
    return $blocks;
}

/** A picture of the media library, drawn here, with all the sizes that WordPress makes of it. */
function picture(array $post, int $place, int $owner): int
{
    $width = 1200;
    $height = 800;
    $image = imagecreatetruecolor($width, $height);
    $sky = imagecolorallocate($image, 40 + 7 * $place, 110 + 4 * $place, 200 - 5 * $place);
    $water = imagecolorallocate($image, 20, 60 + 5 * $place, 90);
    imagefill($image, 0, 0, $sky);
    imagefilledrectangle($image, 0, 500, $width, $height, $water);
    imagefilledellipse($image, 200 + 25 * $place, 220, 160, 160, imagecolorallocate($image, 250, 220, 120));
    $uploads = wp_upload_dir($post['date']);
    $file = "{$uploads['path']}/{$post['slug']}.jpg";
    imagejpeg($image, $file, 80);
    imagedestroy($image);
    $id = wp_insert_attachment(wp_slash([
        'post_title' => $post['slug'],
        'post_name' => "gambar-{$post['slug']}",
        'post_mime_type' => 'image/jpeg',
        'post_date' => $post['date'],
        'post_excerpt' => $post['caption'] ?? '',
        'post_status' => 'inherit',
    ]), $file, $owner, true);
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $file));
    update_post_meta($id, '_wp_attachment_image_alt', wp_slash($post['alt']));
    return $id;
}

/** Every article that is public, the newest first: rows of the database, beside what the seed says a reader sees. */
function export(array $seed, string $file): void
{
    global $wpdb;
    $written = array_column($seed['posts'], null, 'slug');
    $rows = $wpdb->get_results(
        "SELECT post.ID AS id, post.post_name AS slug, post.post_date_gmt AS published, DATE_FORMAT(post.post_date, '/%Y/%m/') AS month, post.post_title AS title, post.post_excerpt AS excerpt,
            post.post_password AS password, author.display_name AS author, file.meta_value AS picture
        FROM $wpdb->posts post JOIN $wpdb->users author ON author.ID = post.post_author
        LEFT JOIN $wpdb->postmeta thumbnail ON thumbnail.post_id = post.ID AND thumbnail.meta_key = '_thumbnail_id'
        LEFT JOIN $wpdb->postmeta file ON file.post_id = thumbnail.meta_value AND file.meta_key = '_wp_attached_file'
        WHERE post.post_type = 'post' AND post.post_status = 'publish' ORDER BY post.post_date_gmt DESC"
    );
    $articles = array_map(function ($row) use ($written) {
        $post = $written[$row->slug];
        if ($post['title'] !== $row->title) {
            throw new RuntimeException("$row->slug: WordPress stored the title $row->title");
        }
        return [
            'id' => (int) $row->id,
            'path' => "$row->month$row->slug/",
            'slug' => $row->slug,
            'published' => str_replace(' ', 'T', $row->published) . 'Z',
            'title' => $post['shown'] ?? $post['title'],
            'author' => $row->author,
            'tags' => [...($post['categories_shown'] ?? $post['categories']), ...$post['tags']],
            'lead' => $post['lead'],
            'excerpt' => $post['excerpt_shown'] ?? $row->excerpt,
            'locked' => $row->password !== '',
            'excerpt_in_feed' => $post['excerpt_in_feed'] ?? $row->excerpt,
            'featured' => in_array($post['picture'], ['featured', 'both']) ? $row->picture : null,
            'inline' => in_array($post['picture'], ['inline', 'both']),
            'alt' => $post['alt'] ?? '',
        ];
    }, $rows);
    file_put_contents($file, json_encode($articles, JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR));
}
