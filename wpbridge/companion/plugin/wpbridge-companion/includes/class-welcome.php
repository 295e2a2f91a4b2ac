<?php
/**
 * A welcome for new members.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;
use WP_User;

defined( 'ABSPATH' ) || exit;

/**
 * Mails whoever an account was just made for, when the call that makes it asks for that:
 * either what WordPress mails to new users, or a link to set a password. Both lead to the
 * same form; nothing in them opens the account without the mailbox. The call's answer says
 * whether WordPress had somebody take the mail.
 */
final class Welcome {

	public const WORD = 'welcome';

	/**
	 * Whether the running call's welcome was mailed.
	 *
	 * @var bool
	 */
	private static $mailed = false;

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( 'rest_after_insert_user', array( __CLASS__, 'send' ), PHP_INT_MAX, 3 );
	}

	/**
	 * Reads a call's "welcome".
	 *
	 * @param mixed $wanted What the client sent: "mail" or "reset link".
	 * @param Call  $call   The call.
	 * @return string|WP_Error
	 */
	public static function read( $wanted, Call $call ) {
		self::$mailed = false;

		$creates = 'POST' === $call->method && '/wp/v2/users' === $call->route;
		if ( ! $creates || ! in_array( $wanted, array( 'mail', 'reset link' ), true ) ) {
			return Call::wrong( 'welcome', __( 'Welcome is "mail" or "reset link", where a user is made.', 'wpbridge-companion' ) );
		}
		return $wanted;
	}

	/**
	 * Sends it, once, to the account that this call made; however quiet the call is.
	 *
	 * @param WP_User $user     The user.
	 * @param mixed   $request  The request.
	 * @param bool    $creating Whether the user is new.
	 */
	public static function send( $user, $request, $creating = false ): void {
		$wanted = Scope::wants( self::WORD );
		if ( null === $wanted || ! $creating ) {
			return;
		}
		Scope::spend( self::WORD );
		Quiet::expect( $user->user_email );
		$failed = false;
		$fail   = static function () use ( &$failed ) {
			$failed = true;
		};
		$begun  = did_filter( 'wp_mail' );
		add_action( 'wp_mail_failed', $fail );
		if ( 'mail' === $wanted ) {
			wp_new_user_notification( $user->ID, null, 'user' );
		} else {
			$failed = is_wp_error( retrieve_password( $user->user_login ) );
		}
		remove_action( 'wp_mail_failed', $fail );
		// Where no mail was begun, a plugin keeps this account's password from being set anew.
		self::$mailed = ! $failed && did_filter( 'wp_mail' ) > $begun;
	}

	/**
	 * Whether the welcome of the call that just ran was mailed.
	 */
	public static function mailed(): bool {
		return self::$mailed;
	}
}
