<?php
/**
 * Many calls in one request.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use Throwable;
use WP_Error;
use WP_REST_Request;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/**
 * POST wpbridge/v1/calls.
 *
 * Sends {calls: [{method, path, body, as, quiet, date, key, password, welcome}, ...], seconds: 15}
 * and answers {answers: [{state, status, body, headers, acted_as, welcomed, replayed}, ...], seconds}.
 * One answer a call, in their order. A state is "ran" (status below 400), "failed" (refused,
 * or answered with an error), or "not_run" (time was up; send it again as it is).
 */
final class Calls {

	public const MOST = 100;

	/**
	 * How long calls are started, in seconds.
	 */
	public const SECONDS = 15.0;

	private const HEADERS = array( 'X-WP-Total', 'X-WP-TotalPages', 'Location' );

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		register_rest_route(
			REST,
			'/calls',
			array(
				'methods'             => 'POST',
				'callback'            => array( __CLASS__, 'serve' ),
				'permission_callback' => array( __CLASS__, 'may' ),
				'args'                => array(
					'calls'   => array(
						'required'          => true,
						'validate_callback' => array( __CLASS__, 'countable' ),
					),
					'seconds' => array(
						'type'    => 'number',
						'minimum' => 0,
						'maximum' => 60,
						'default' => self::SECONDS,
					),
				),
			)
		);
	}

	/**
	 * For moderators, and never from inside a call.
	 *
	 * @return true|WP_Error
	 */
	public static function may() {
		if ( Scope::active() ) {
			return Access::gate( false );
		}
		return Access::moderate();
	}

	/**
	 * Whether it is a list of at most a hundred.
	 *
	 * @param mixed $calls What the client sent.
	 * @return true|WP_Error
	 */
	public static function countable( $calls ) {
		if ( is_array( $calls ) && array_keys( $calls ) === range( 0, count( $calls ) - 1 ) && count( $calls ) <= self::MOST ) {
			return true;
		}
		/* translators: %d: a number of calls. */
		return new WP_Error( 'wpbridge_calls', sprintf( __( 'Send a list of 1 to %d calls.', 'wpbridge-companion' ), self::MOST ), array( 'status' => 400 ) );
	}

	/**
	 * Runs the calls one after the other, until they are through or time is up.
	 *
	 * @param WP_REST_Request $request The request.
	 */
	public static function serve( WP_REST_Request $request ): WP_REST_Response {
		$began   = microtime( true );
		$until   = $began + self::budget( (float) $request['seconds'] );
		$answers = array();
		Upkeep::used( get_current_user_id(), count( $request['calls'] ) );
		foreach ( $request['calls'] as $entry ) {
			// The first is always tried, or a client with too little time would never come to an end.
			$late      = $answers && ( microtime( true ) >= $until || self::full() );
			$answers[] = $late ? array( 'state' => 'not_run' ) : self::answer( $entry );
		}
		return Access::unstored(
			array(
				'answers' => $answers,
				'seconds' => round( microtime( true ) - $began, 3 ),
			)
		);
	}

	/**
	 * The answer to one call: kept, or made now.
	 *
	 * @param mixed $entry What the client sent.
	 * @return array<string, mixed>
	 */
	private static function answer( $entry ): array {
		$call = Call::read( $entry );
		if ( is_wp_error( $call ) ) {
			return self::refusal( $call );
		}
		if ( '' === $call->key ) {
			return self::run( $call );
		}
		$kept = Answers::take( $call->key, $call->digest );
		if ( null !== $kept ) {
			return is_wp_error( $kept ) ? self::refusal( $kept ) : $kept;
		}
		$answer = self::run( $call );
		Answers::keep( $call->key, $answer );
		return $answer;
	}

	/**
	 * Runs one call in its scope, and in the log where it acts.
	 *
	 * @param Call $call The call.
	 * @return array<string, mixed>
	 */
	public static function run( Call $call ): array {
		$as  = isset( $call->wants['as'] ) ? $call->wants['as'] : 0;
		$row = $as ? Log::begin( Acting::caller(), $as, $call->method, $call->route ) : 0;
		if ( $as && ! $row ) {
			return self::refusal( Log::unwritten() );
		}
		try {
			$answer = Scope::run(
				$call->wants + Moderation::by( get_current_user_id() ),
				static function () use ( $call ) {
					return self::dispatch( $call->request() );
				}
			);
		} catch ( Throwable $error ) {
			$answer = self::thrown( $error );
		}
		if ( $as ) {
			$answer['acted_as'] = $as;
			Log::end( $row, $answer );
		}
		if ( isset( $call->wants[ Welcome::WORD ] ) && 'ran' === $answer['state'] ) {
			$answer['welcomed'] = Welcome::mailed();
		}
		return $answer;
	}

	/**
	 * Lets WordPress answer a request.
	 *
	 * @param WP_REST_Request $request The call's request.
	 * @return array<string, mixed>
	 */
	private static function dispatch( WP_REST_Request $request ): array {
		$server   = rest_get_server();
		$response = rest_ensure_response( $server->dispatch( $request ) );
		/** This filter is documented in wp-includes/rest-api/class-wp-rest-server.php */
		$response = apply_filters( 'rest_post_dispatch', rest_ensure_response( $response ), $server, $request ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals -- It is WordPress's.
		if ( is_wp_error( $response ) ) {
			return self::refusal( $response );
		}
		$status  = (int) $response->get_status();
		$answer  = array(
			'state'  => $status < 400 ? 'ran' : 'failed',
			'status' => $status,
			// Nothing is embedded here: that would be read in the member's name.
			'body'   => $server->response_to_data( $response, false ),
		);
		$headers = array_intersect_key( $response->get_headers(), array_flip( self::HEADERS ) );
		if ( $headers ) {
			$answer['headers'] = array_map( 'strval', $headers );
		}
		return $answer;
	}

	/**
	 * An error as an answer.
	 *
	 * @param WP_Error $error The error.
	 * @return array<string, mixed>
	 */
	private static function refusal( WP_Error $error ): array {
		$data   = $error->get_error_data();
		$status = is_array( $data ) && isset( $data['status'] ) ? (int) $data['status'] : 500;
		return array(
			'state'  => 'failed',
			'status' => $status,
			'body'   => array(
				'code'    => $error->get_error_code(),
				'message' => $error->get_error_message(),
				'data'    => array( 'status' => $status ),
			),
		);
	}

	/**
	 * What was thrown as an answer: its class, while the rest goes to the server's own log.
	 *
	 * @param Throwable $error What was thrown.
	 * @return array<string, mixed>
	 */
	private static function thrown( Throwable $error ): array {
		if ( ! $error instanceof Died ) {
			// phpcs:ignore WordPress.PHP.DevelopmentFunctions -- A fault that would have ended the request is logged as one.
			error_log( 'wpbridge Companion: ' . $error );
		}
		/* translators: %s: the name of a PHP class. */
		$message = sprintf( __( 'The call ended with an error on the server: %s', 'wpbridge-companion' ), get_class( $error ) );
		return self::refusal( new WP_Error( 'wpbridge_threw', $message, array( 'status' => 500 ) ) );
	}

	/**
	 * For how many seconds calls are started: what was asked for, within what PHP grants.
	 *
	 * @param float $asked What the client asked for.
	 */
	private static function budget( float $asked ): float {
		$granted = (float) ini_get( 'max_execution_time' );
		return $granted > 0 ? min( $asked, $granted / 2 ) : $asked;
	}

	/**
	 * Whether memory runs out.
	 */
	private static function full(): bool {
		$limit = wp_convert_hr_to_bytes( (string) ini_get( 'memory_limit' ) );
		return $limit > 0 && memory_get_usage( true ) > 0.8 * $limit;
	}
}
