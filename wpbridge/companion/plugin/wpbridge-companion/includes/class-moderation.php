<?php
/**
 * Moderation.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * While a call runs that a moderator asked for: what it posts, in whoever's name, is not held
 * against the limit of links and the words under Settings > Discussion. BuddyPress refuses such a
 * post outright, and a moderator would let it through. At any other time these hooks do nothing.
 */
final class Moderation {

	public const WORD = 'moderated';

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_filter( 'bp_bypass_check_for_moderation', array( __CLASS__, 'passes' ) );
		add_filter( 'bp_bypass_check_for_disallowed_keys', array( __CLASS__, 'passes' ) );
	}

	/**
	 * What a call's scope holds of this; asked before the call is in anyone else's name.
	 *
	 * @param int $caller Who really calls.
	 * @return array<string, bool>
	 */
	public static function by( int $caller ): array {
		return array( self::WORD => $caller > 0 && bp_user_can( $caller, 'bp_moderate' ) );
	}

	/**
	 * Lets a text pass.
	 *
	 * @param mixed $passes Whether it passes already.
	 * @return mixed
	 */
	public static function passes( $passes ) {
		return true === Scope::wants( self::WORD ) ? true : $passes;
	}
}
