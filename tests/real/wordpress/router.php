<?php
// For `php -S`: what a web server's rewrite rules do for WordPress, and
// Kabar's own files under /kabar/.

const TYPES = ['js' => 'text/javascript; charset=utf-8', 'wasm' => 'application/wasm'];

$path = urldecode((string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
if (dirname($path) === '/kabar') {
    $file = getenv('KABAR_DIST') . '/' . basename($path);
    if (!is_file($file)) {
        http_response_code(404);
        return;
    }
    header('Content-Type: ' . (TYPES[pathinfo($file, PATHINFO_EXTENSION)] ?? 'application/octet-stream'));
    readfile($file);
    return;
}
$file = $_SERVER['DOCUMENT_ROOT'] . $path;
if (is_file($file) && !str_ends_with($path, '.php')) {
    return false;
}
// The administrator's pages are Debian's own, which look for the site where they lie unless they are told.
if (is_dir($file)) {
    $path = rtrim($path, '/') . '/index.php';
}
if (!is_file($_SERVER['DOCUMENT_ROOT'] . $path)) {
    $path = '/index.php';
}
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = $path;
define('ABSPATH', $_SERVER['DOCUMENT_ROOT'] . '/');
chdir(dirname(ABSPATH . ltrim($path, '/')));
require $_SERVER['DOCUMENT_ROOT'] . $path;
