<?php
/**
 * The surroundings of one call.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use LogicException;

defined( 'ABSPATH' ) || exit;

/**
 * Holds what one call asked for (as whom, quietly, at which date) while it runs, and puts
 * everything back after it, whatever happens.
 *
 * There is one at a time, and never one inside another: what runs inside must not be able
 * to ask for more, nor end it too early.
 */
final class Scope {

	/**
	 * What the running call asked for; null between calls.
	 *
	 * @var array<string, mixed>|null
	 */
	private static $wants = null;

	/**
	 * Whether a call runs.
	 */
	public static function active(): bool {
		return null !== self::$wants;
	}

	/**
	 * What the running call asked for, or null.
	 *
	 * @param string $name One of as, quiet, moderated, date, dates, password, welcome.
	 * @return mixed
	 */
	public static function wants( string $name ) {
		return isset( self::$wants[ $name ] ) ? self::$wants[ $name ] : null;
	}

	/**
	 * Takes back something that was meant for one object only.
	 *
	 * @param string $name What was asked for.
	 */
	public static function spend( string $name ): void {
		if ( self::active() ) {
			unset( self::$wants[ $name ] );
		}
	}

	/**
	 * Whether the running call acts in another's name.
	 */
	public static function acting(): bool {
		return null !== self::wants( 'as' );
	}

	/**
	 * Runs something in surroundings of its own.
	 *
	 * @param array<string, mixed> $wants What it asks for.
	 * @param callable             $work  Does it; its answer is ours.
	 * @return mixed
	 * @throws LogicException When one runs already.
	 */
	public static function run( array $wants, callable $work ) {
		if ( self::active() ) {
			throw new LogicException( 'A call cannot run inside another.' );
		}
		$before = self::surroundings();
		try {
			self::$wants = $wants;
			ob_start();
			self::dying( 'add_filter' );
			if ( isset( $wants['as'] ) ) {
				wp_set_current_user( $wants['as'] );
			}
			return $work();
		} finally {
			self::$wants = null;
			self::restore( $before );
		}
	}

	/**
	 * What a call may leave changed.
	 *
	 * @return array<string, mixed>
	 */
	private static function surroundings(): array {
		return array(
			'user'     => get_current_user_id(),
			'buffers'  => ob_get_level(),
			'blogs'    => self::blogs(),
			'mentions' => has_filter( 'bp_activity_at_name_do_notifications', '__return_false' ),
		);
	}

	/**
	 * How many blogs of a network are switched to, one inside the other.
	 */
	private static function blogs(): int {
		return isset( $GLOBALS['_wp_switched_stack'] ) ? count( $GLOBALS['_wp_switched_stack'] ) : 0;
	}

	/**
	 * Puts it all back.
	 *
	 * @param array<string, mixed> $before As it was.
	 */
	private static function restore( array $before ): void {
		self::dying( 'remove_filter' );
		while ( ob_get_level() > $before['buffers'] && ob_end_clean() ) {
			continue;
		}
		for ( $blogs = self::blogs(); $blogs > $before['blogs']; --$blogs ) {
			restore_current_blog();
		}
		// BP_Activity_Activity::save() leaves this behind after an edit, and later posts mention nobody.
		if ( false === $before['mentions'] ) {
			remove_filter( 'bp_activity_at_name_do_notifications', '__return_false' );
		}
		self::forget_favourites();
		wp_set_current_user( $before['user'] );
	}

	/**
	 * Makes BuddyPress's activity controller forget whose favourites it looked up: it keeps
	 * the first user's in $user_favorites for the life of the process.
	 */
	private static function forget_favourites(): void {
		$routes = rest_get_server()->get_routes( bp_rest_namespace() . '/' . bp_rest_version() );
		foreach ( $routes as $route => $endpoints ) {
			$callback = isset( $endpoints[0]['callback'] ) ? $endpoints[0]['callback'] : null;
			if ( '/activity' === substr( $route, -9 ) && is_array( $callback ) && property_exists( $callback[0], 'user_favorites' ) ) {
				$forget = function () {
					$this->user_favorites = null;
				};
				$forget->call( $callback[0] );
			}
		}
	}

	/**
	 * Makes wp_die() throw while a call runs, so that it ends that call and not the request.
	 *
	 * @param callable $change Either add_filter or remove_filter.
	 */
	private static function dying( callable $change ): void {
		$handlers = array( 'wp_die_handler', 'wp_die_json_handler', 'wp_die_jsonp_handler', 'wp_die_xml_handler', 'wp_die_xmlrpc_handler', 'wp_die_ajax_handler' );
		foreach ( $handlers as $handler ) {
			$change( $handler, array( __CLASS__, 'die_handler' ), PHP_INT_MAX );
		}
	}

	/**
	 * What wp_die() shall call.
	 */
	public static function die_handler(): callable {
		return array( __CLASS__, 'died' );
	}

	/**
	 * Stands in for the end of the process.
	 *
	 * @throws Died Always.
	 */
	public static function died(): void {
		throw new Died( 'wp_die' );
	}
}
