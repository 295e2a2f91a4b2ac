<?php
/**
 * One call, as the client wrote it.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/**
 * Checks one entry of the list, to the letter: what is unknown or malformed is refused,
 * since a call that is run without what it asked for does something else.
 */
final class Call {

	private const WORDS = array( 'method', 'path', 'body', 'as', 'quiet', 'date', 'key', 'password', 'welcome' );

	/**
	 * GET, POST, PUT, PATCH or DELETE.
	 *
	 * @var string
	 */
	public $method;

	/**
	 * The path without its query.
	 *
	 * @var string
	 */
	public $route;

	/**
	 * The key that makes it harmless to send twice; '' without one.
	 *
	 * @var string
	 */
	public $key = '';

	/**
	 * What tells this call from another under the same key.
	 *
	 * @var string
	 */
	public $digest = '';

	/**
	 * What its scope shall hold.
	 *
	 * @var array<string, mixed>
	 */
	public $wants = array();

	/**
	 * What it sends.
	 *
	 * @var array<string, mixed>
	 */
	public $body = array();

	/**
	 * What its path asked for.
	 *
	 * @var array<string, mixed>
	 */
	public $query = array();

	/**
	 * Reads an entry.
	 *
	 * @param mixed $entry What the client sent.
	 * @return Call|WP_Error
	 */
	public static function read( $entry ) {
		$call = new self();
		foreach ( array( 'shape', 'address', 'contents', 'idempotency', 'surroundings' ) as $step ) {
			$wrong = $call->$step( $entry );
			if ( $wrong ) {
				return $wrong;
			}
		}
		return $call;
	}

	/**
	 * The request WordPress shall answer.
	 */
	public function request(): WP_REST_Request {
		$request = new WP_REST_Request( $this->method, $this->route );
		$request->set_query_params( $this->query );
		if ( 'GET' !== $this->method ) {
			// As JSON, so that numbers and lists arrive as they were written.
			$request->set_header( 'Content-Type', 'application/json' );
			$request->set_body( (string) wp_json_encode( (object) $this->body ) );
		}
		return $request;
	}

	/**
	 * Whether it is an object of known words.
	 *
	 * @param mixed $entry What the client sent.
	 */
	private function shape( $entry ): ?WP_Error {
		if ( ! is_array( $entry ) || array_diff( array_keys( $entry ), self::WORDS ) ) {
			return self::wrong( 'call', __( 'A call is an object of method, path, body, as, quiet, date, key, password and welcome.', 'wpbridge-companion' ) );
		}
		return null;
	}

	/**
	 * Where it goes.
	 *
	 * @param array<string, mixed> $entry What the client sent.
	 */
	private function address( array $entry ): ?WP_Error {
		$method = isset( $entry['method'] ) ? $entry['method'] : null;
		$path   = isset( $entry['path'] ) ? $entry['path'] : null;
		if ( ! is_string( $method ) || ! is_string( $path ) || strlen( $path ) > 4000 ) {
			return self::wrong( 'path', __( 'A call has a method and a path.', 'wpbridge-companion' ) );
		}
		list( $this->route, $query ) = array_pad( explode( '?', $path, 2 ), 2, '' );
		$this->method                = $method;
		wp_parse_str( $query, $this->query );
		$says = Allowed::find( $method, $this->route );
		if ( ! $says ) {
			return self::wrong( 'route', __( 'That route does not travel in calls.', 'wpbridge-companion' ), 403 );
		}
		$this->wants['dates'] = $says['dates'];
		if ( isset( $entry['as'] ) && ! $says['acting'] ) {
			return self::wrong( 'as', __( 'That route is not called in a member\'s name.', 'wpbridge-companion' ), 403 );
		}
		return null;
	}

	/**
	 * What it brings.
	 *
	 * @param array<string, mixed> $entry What the client sent.
	 */
	private function contents( array $entry ): ?WP_Error {
		if ( ! array_key_exists( 'body', $entry ) ) {
			return null;
		}
		$listed = is_array( $entry['body'] ) && $entry['body'] && isset( $entry['body'][0] );
		if ( 'GET' === $this->method || ! is_array( $entry['body'] ) || $listed ) {
			return self::wrong( 'body', __( 'A body is an object, and a GET has none.', 'wpbridge-companion' ) );
		}
		$this->body = $entry['body'];
		return null;
	}

	/**
	 * The key under which its answer is kept.
	 *
	 * @param array<string, mixed> $entry What the client sent.
	 */
	private function idempotency( array $entry ): ?WP_Error {
		if ( ! array_key_exists( 'key', $entry ) ) {
			return null;
		}
		if ( 'GET' === $this->method || ! is_string( $entry['key'] ) || ! preg_match( '/^[\x21-\x7e]{8,128}$/D', $entry['key'] ) ) {
			return self::wrong( 'key', __( 'A key is 8 to 128 printable characters, and a GET has none.', 'wpbridge-companion' ) );
		}
		$this->key    = $entry['key'];
		$this->digest = hash( 'sha256', (string) wp_json_encode( $entry ) );
		return null;
	}

	/**
	 * In which surroundings it runs.
	 *
	 * @param array<string, mixed> $entry What the client sent.
	 */
	private function surroundings( array $entry ): ?WP_Error {
		foreach ( array( Acting::class, Quiet::class, Dates::class, Passwords::class, Welcome::class ) as $part ) {
			if ( ! array_key_exists( $part::WORD, $entry ) ) {
				continue;
			}
			$wanted = $part::read( $entry[ $part::WORD ], $this );
			if ( is_wp_error( $wanted ) ) {
				return $wanted;
			}
			$this->wants[ $part::WORD ] = $wanted;
		}
		return null;
	}

	/**
	 * An error of this call.
	 *
	 * @param string $what    What is wrong, for the error's code.
	 * @param string $message The same in words.
	 * @param int    $status  The HTTP status.
	 */
	public static function wrong( string $what, string $message, int $status = 400 ): WP_Error {
		return new WP_Error( 'wpbridge_refused_' . $what, $message, array( 'status' => $status ) );
	}
}
