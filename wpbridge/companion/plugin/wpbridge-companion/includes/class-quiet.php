<?php
/**
 * Quiet calls.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * While a quiet call runs: no mail, no notification, no "X joined". At any other time these
 * hooks do nothing. Mail about a changed password or address goes out all the same, and what
 * another plugin queues to be mailed later by another process is beyond reach.
 */
final class Quiet {

	public const WORD = 'quiet';

	/**
	 * Activity that BuddyPress writes by itself about what members do.
	 */
	private const CHATTER = array(
		'joined_group',
		'friendship_created',
		'friends_register_activity_action',
		'new_member',
		'created_group',
		'group_details_updated',
		'updated_profile',
		'new_avatar',
		'new_blog_post',
		'new_blog_comment',
	);

	/**
	 * BuddyPress's mails that nobody may silence.
	 */
	private const LOUD = array( 'settings-verify-email-change', 'settings-password-changed', 'core-user-activation' );

	/**
	 * Addresses that the next mails to them must reach.
	 *
	 * @var string[]
	 */
	private static $due = array();

	/**
	 * The account that this call made; nobody is told of changes to it.
	 *
	 * @var int
	 */
	private static $newcomer = 0;

	/**
	 * Whether the notification being saved is new.
	 *
	 * @var bool
	 */
	private static $fresh = false;

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_filter( 'bp_send_email_delivery_class', array( __CLASS__, 'delivery' ), PHP_INT_MAX, 2 );
		add_action( 'bp_send_email', array( __CLASS__, 'about' ), 10, 3 );
		add_filter( 'pre_wp_mail', array( __CLASS__, 'mail' ), PHP_INT_MAX, 2 );
		add_action( 'user_register', array( __CLASS__, 'registered' ), 1 );
		add_filter( 'password_change_email', array( __CLASS__, 'changed' ), PHP_INT_MAX, 2 );
		add_filter( 'email_change_email', array( __CLASS__, 'changed' ), PHP_INT_MAX, 2 );
		add_action( 'bp_activity_before_save', array( __CLASS__, 'activity' ), 1 );
		add_action( 'bp_notification_before_save', array( __CLASS__, 'notifying' ) );
		add_action( 'bp_notification_after_save', array( __CLASS__, 'notified' ), PHP_INT_MAX );
	}

	/**
	 * Reads a call's "quiet".
	 *
	 * @param mixed $wanted What the client sent: true or false.
	 * @param Call  $call   The call.
	 * @return bool|WP_Error
	 */
	public static function read( $wanted, Call $call ) {
		if ( ! is_bool( $wanted ) ) {
			return Call::wrong( 'quiet', __( 'Quiet is true or false.', 'wpbridge-companion' ) );
		}
		$off = self::off( $wanted );
		if ( $off ) {
			return $off;
		}
		if ( $wanted && preg_match( '#/notifications(/|$)#', $call->route ) ) {
			return Call::wrong( 'quiet', __( 'A notification cannot be made quietly.', 'wpbridge-companion' ) );
		}
		return $wanted;
	}

	/**
	 * What is wrong with being quiet here and now, if anything; forgets who the last call had to
	 * tell.
	 *
	 * @param bool $wanted Whether it shall be quiet.
	 */
	public static function off( bool $wanted ): ?WP_Error {
		self::$due      = array();
		self::$newcomer = 0;
		if ( $wanted && ! Settings::on( 'quiet' ) ) {
			return Call::wrong( 'quiet', __( 'Quiet calls are not switched on here.', 'wpbridge-companion' ), 403 );
		}
		return null;
	}

	/**
	 * Whether a quiet call runs.
	 */
	private static function now(): bool {
		return true === Scope::wants( self::WORD );
	}

	/**
	 * Gives BuddyPress a delivery that delivers nothing: its mails do not pass wp_mail().
	 *
	 * @param string $delivery The name of a class.
	 * @param string $type     Which mail.
	 */
	public static function delivery( $delivery, $type = '' ) {
		return self::now() && ! in_array( $type, self::LOUD, true ) ? Silence::class : $delivery;
	}

	/**
	 * Remembers who gets a mail of BuddyPress's that must go, should it take wp_mail().
	 *
	 * @param object $email The mail.
	 * @param string $type  Which mail.
	 * @param mixed  $to    Whom it goes to.
	 */
	public static function about( $email, $type, $to = '' ): void {
		if ( self::now() && in_array( $type, self::LOUD, true ) ) {
			$user        = is_numeric( $to ) ? get_userdata( (int) $to ) : false;
			self::$due[] = $user ? $user->user_email : ( is_string( $to ) ? $to : '' );
		}
	}

	/**
	 * Remembers whom wp_update_user() is about to tell of a changed password or address.
	 *
	 * @param array<string, string> $mail The mail.
	 * @param array<string, mixed>  $user The user as they were.
	 */
	public static function changed( $mail, $user = array() ) {
		$id = isset( $user['ID'] ) ? (int) $user['ID'] : 0;
		if ( self::now() && $id !== self::$newcomer && isset( $mail['to'] ) ) {
			self::$due[] = $mail['to'];
		}
		return $mail;
	}

	/**
	 * Lets the next mail to an address go out, as it was asked for.
	 *
	 * @param string $address Whom it goes to.
	 */
	public static function expect( string $address ): void {
		if ( self::now() ) {
			self::$due[] = $address;
		}
	}

	/**
	 * Remembers the account that this call makes.
	 *
	 * @param int $id The account.
	 */
	public static function registered( $id ): void {
		if ( self::now() ) {
			self::$newcomer = (int) $id;
		}
	}

	/**
	 * Lets wp_mail() send nothing but what must go.
	 *
	 * @param mixed                $answer Null, or what another plugin answers in wp_mail()'s place.
	 * @param array<string, mixed> $mail   The mail.
	 * @return mixed
	 */
	public static function mail( $answer, $mail = array() ) {
		if ( ! self::now() ) {
			return $answer;
		}
		$to    = isset( $mail['to'] ) && is_string( $mail['to'] ) ? $mail['to'] : '';
		$found = array_search( $to, self::$due, true );
		if ( '' !== $to && false !== $found ) {
			unset( self::$due[ $found ] );
			return $answer;
		}
		return true;
	}

	/**
	 * Blanks the type of activity that nobody wrote, and so keeps it from being saved.
	 *
	 * @param object $activity The BP_Activity_Activity to save.
	 */
	public static function activity( $activity ): void {
		if ( self::now() && empty( $activity->id ) && in_array( $activity->type, self::CHATTER, true ) ) {
			$activity->type = '';
		}
	}

	/**
	 * Remembers whether a notification is new: after BP_Notifications_Notification::save()
	 * an update cannot be told from an insert.
	 *
	 * @param object $notification The notification.
	 */
	public static function notifying( $notification ): void {
		self::$fresh = empty( $notification->id );
	}

	/**
	 * Takes a new notification back; BuddyPress can be kept from none beforehand.
	 *
	 * @param object $notification The notification.
	 */
	public static function notified( $notification ): void {
		if ( self::now() && self::$fresh && ! empty( $notification->id ) ) {
			\BP_Notifications_Notification::delete( array( 'id' => (int) $notification->id ) );
		}
	}
}
