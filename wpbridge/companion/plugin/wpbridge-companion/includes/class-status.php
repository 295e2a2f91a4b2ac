<?php
/**
 * What this companion is and can do.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * GET wpbridge/v1/status.
 */
final class Status {

	/**
	 * What there is, by name. A client asks for names it knows, so a newer client finds less
	 * in an older companion, and an older client overlooks what is new.
	 */
	private const ABILITIES = array(
		'calls',
		'login',
		'marks',
		'member-types',
		'group-types',
		'group-rules',
		'last-activity',
		'visibility',
		'fields',
		'friendships',
		'favourites',
		'options',
		'registration',
		'queue',
		'queue-quiet',
		'moderation',
		'collections',
		'password-none',
		'welcome',
		'suspend',
		'lease',
	);

	/**
	 * Registers the route.
	 */
	public static function routes(): void {
		register_rest_route(
			REST,
			'/status',
			array(
				'methods'             => 'GET',
				'callback'            => array( __CLASS__, 'serve' ),
				'permission_callback' => array( Access::class, 'moderate' ),
			)
		);
	}

	/**
	 * Says what there is, and what of it this caller may use.
	 *
	 * @return array<string, mixed>
	 */
	public static function serve(): array {
		$switched = array();
		foreach ( Settings::SWITCHES as $name ) {
			$switched[ $name ] = Settings::on( $name );
		}
		return array(
			'version'    => VERSION,
			'wire'       => WIRE,
			'abilities'  => self::ABILITIES,
			'switches'   => $switched,
			'limits'     => array(
				'calls'   => Calls::MOST,
				'seconds' => Calls::SECONDS,
				'rows'    => Collections::MOST,
				'marks'   => Marks::MOST,
			),
			'may'        => array(
				'manage'  => true === Access::manage(),
				'collect' => true === Access::collect(),
			),
			'me'         => get_current_user_id(),
			'now'        => gmdate( 'Y-m-d\TH:i:s\Z' ),
			'buddypress' => bp_get_version(),
			'wordpress'  => get_bloginfo( 'version' ),
			'php'        => PHP_VERSION,
			'page'       => Settings_Page::url(),
		);
	}
}
