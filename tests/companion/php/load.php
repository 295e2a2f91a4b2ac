<?php
/**
 * Loads every class of the plugin, so that it is compiled and linked; parses its other files.
 */
error_reporting( E_ALL );
define( 'ABSPATH', '/' );
interface BP_Email_Delivery {}
class BP_Email {}

$said = array();
set_error_handler(
	static function ( $level, $message, $file, $line ) use ( &$said ) {
		$said[] = "$file:$line: $message";
		return true;
	}
);
$loaded = 0;
$parsed = 0;
foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( '/plugin', FilesystemIterator::SKIP_DOTS ) ) as $file ) {
	try {
		token_get_all( (string) file_get_contents( $file ), TOKEN_PARSE );
		++$parsed;
		if ( 0 === strpos( $file->getFilename(), 'class-' ) ) {
			require_once (string) $file;
			++$loaded;
		}
	} catch ( Throwable $error ) {
		$said[] = "$file:{$error->getLine()}: {$error->getMessage()}";
	}
}
echo json_encode(
	array(
		'php'    => PHP_VERSION,
		'parsed' => $parsed,
		'loaded' => $loaded,
		'said'   => $said,
	)
);
