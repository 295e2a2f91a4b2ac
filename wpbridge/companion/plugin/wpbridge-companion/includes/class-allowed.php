<?php
/**
 * The routes that travel in calls.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * A list of what may be called, what of it in a member's name, and what of it takes a date.
 * What is not here cannot be called: sign-ups, application passwords, settings, plugins,
 * uploads, batches, and calls themselves.
 */
final class Allowed {

	/**
	 * Below buddypress/v1 or v2: methods, those of them that may act, and what a POST makes.
	 */
	private const BUDDYPRESS = array(
		'activity'                       => array( 'GET POST', 'POST', 'activity' ),
		'activity/\d+'                   => array( 'GET PUT PATCH DELETE', 'PUT PATCH DELETE' ),
		'components'                     => array( 'GET' ),
		'friends'                        => array( 'GET POST', 'POST', 'friendship' ),
		'friends/\d+'                    => array( 'GET PUT PATCH DELETE', 'PUT PATCH DELETE' ),
		'groups'                         => array( 'GET POST', '', 'group' ),
		'groups/(?:\d+|me)'              => array( 'GET PUT PATCH DELETE' ),
		'groups/\d+/(?:avatar|cover)'    => array( 'GET DELETE' ),
		'groups/\d+/members'             => array( 'GET POST', 'POST', 'membership' ),
		'groups/\d+/members/\d+'         => array( 'PUT PATCH DELETE', 'DELETE' ),
		'groups/invites'                 => array( 'GET POST', 'POST' ),
		'groups/invites/\d+'             => array( 'GET PUT PATCH DELETE', 'PUT PATCH DELETE' ),
		'groups/membership-requests'     => array( 'GET POST', 'POST' ),
		'groups/membership-requests/\d+' => array( 'GET PUT PATCH DELETE', 'PUT PATCH DELETE' ),
		'members'                        => array( 'GET POST' ),
		'members/(?:\d+|me)'             => array( 'GET PUT PATCH' ),
		'members/\d+/(?:avatar|cover)'   => array( 'GET DELETE' ),
		'messages'                       => array( 'GET POST', 'POST', 'message' ),
		'messages/\d+'                   => array( 'GET PUT PATCH DELETE' ),
		'notifications'                  => array( 'GET POST' ),
		'notifications/\d+'              => array( 'GET PUT PATCH DELETE' ),
		'sitewide-notices'               => array( 'GET POST' ),
		'sitewide-notices/\d+'           => array( 'GET PUT PATCH DELETE' ),
		'xprofile/(?:groups|fields)'     => array( 'GET POST' ),
		'xprofile/(?:groups|fields)/\d+' => array( 'GET PUT PATCH DELETE' ),
		'xprofile/\d+/data/\d+'          => array( 'GET POST PUT PATCH DELETE' ),
	);

	/**
	 * Below wp/v2.
	 */
	private const WORDPRESS = array(
		'users'               => array( 'GET POST' ),
		'users/(?:\d+|me)'    => array( 'GET POST PUT PATCH' ),
		'(?:pages|posts)'     => array( 'GET POST' ),
		'(?:pages|posts)/\d+' => array( 'GET POST PUT PATCH DELETE' ),
		'media(?:/\d+)?'      => array( 'GET' ),
	);

	/**
	 * Below wpbridge/v1.
	 */
	private const COMPANION = array(
		'(?:member|group)-types(?:/[a-z0-9_-]+)?' => array( 'GET POST PUT DELETE' ),
		'groups/\d+'                              => array( 'GET PUT' ),
		'members/\d+'                             => array( 'PUT' ),
		'members/\d+/visibility'                  => array( 'GET PUT' ),
		'fields/\d+'                              => array( 'GET PUT' ),
		'friendships/\d+'                         => array( 'PUT DELETE' ),
		'favourites'                              => array( 'PUT' ),
		'options'                                 => array( 'GET PUT' ),
		'queue(?:/\d+)?'                          => array( 'GET POST DELETE' ),
		'marks'                                   => array( 'POST' ),
		'status'                                  => array( 'GET' ),
	);

	/**
	 * What the list says of a call, or null where it says nothing.
	 *
	 * @param string $method The call's method.
	 * @param string $route  Its path, without the query.
	 * @return array{acting: bool, dates: string}|null
	 */
	public static function find( string $method, string $route ): ?array {
		foreach ( self::patterns() as $space => $patterns ) {
			if ( ! preg_match( '#^/' . $space . '/(.+)$#D', $route, $found ) ) {
				continue;
			}
			foreach ( $patterns as $pattern => $said ) {
				if ( preg_match( '#^' . $pattern . '$#D', $found[1] ) ) {
					return self::says( $method, $said );
				}
			}
		}
		return null;
	}

	/**
	 * The lists by namespace.
	 *
	 * @return array<string, array<string, string[]>>
	 */
	private static function patterns(): array {
		return array(
			'buddypress/v[12]' => self::BUDDYPRESS,
			'wp/v2'            => self::WORDPRESS,
			'wpbridge/v1'      => self::COMPANION,
		);
	}

	/**
	 * One line of the list, for one method.
	 *
	 * @param string   $method The call's method.
	 * @param string[] $said   The line.
	 * @return array{acting: bool, dates: string}|null
	 */
	private static function says( string $method, array $said ): ?array {
		if ( ! in_array( $method, explode( ' ', $said[0] ), true ) ) {
			return null;
		}
		$acting = isset( $said[1] ) && in_array( $method, explode( ' ', $said[1] ), true );
		$dates  = 'POST' === $method && isset( $said[2] ) ? $said[2] : '';
		return array(
			'acting' => $acting,
			'dates'  => $dates,
		);
	}
}
