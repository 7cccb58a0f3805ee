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
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require $_SERVER['DOCUMENT_ROOT'] . '/index.php';
