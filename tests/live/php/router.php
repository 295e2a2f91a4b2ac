<?php
/**
 * Answers as a web server with pretty permalinks would: files as they are, all else
 * through WordPress. Below a network's second site the first word of a path is dropped.
 * What comes behind a file of PHP is its path info.
 */
$path = rawurldecode( (string) parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH ) );
$root = $_SERVER['DOCUMENT_ROOT'];
$real = preg_replace( '#^/[\w-]+(/wp-(?:admin|content|includes)|/wp-[\w-]+\.php)#', '$1', $path );

$info = preg_match( '#^(.+?\.php)(/.*)$#', $path, $parts ) && is_file( $root . $parts[1] ) ? $parts[2] : '';
if ( $info ) {
	$path = $parts[1];
}
foreach ( array( $path, $real ) as $each ) {
	$file = rtrim( $root . $each, '/' );
	if ( is_dir( $file ) && is_file( "$file/index.php" ) && '/' !== $path ) {
		$file = "$file/index.php";
		$each = rtrim( $each, '/' ) . '/index.php';
	}
	if ( ! is_file( $file ) ) {
		continue;
	}
	if ( 'php' !== pathinfo( $file, PATHINFO_EXTENSION ) && $each === $path ) {
		return false;
	}
	if ( 'php' !== pathinfo( $file, PATHINFO_EXTENSION ) ) {
		header( 'Content-Type: ' . ( 'css' === pathinfo( $file, PATHINFO_EXTENSION ) ? 'text/css' : mime_content_type( $file ) ) );
		readfile( $file );
		return true;
	}
	break;
}
if ( ! is_file( $file ) ) {
	$each = '/index.php';
	$file = $root . $each;
}
$_SERVER['SCRIPT_NAME']     = $each;
$_SERVER['PHP_SELF']        = $each;
$_SERVER['SCRIPT_FILENAME'] = $file;
unset( $_SERVER['PATH_INFO'] );
if ( $info ) {
	$_SERVER['PATH_INFO'] = $info;
}
chdir( dirname( $file ) );
require $file;
