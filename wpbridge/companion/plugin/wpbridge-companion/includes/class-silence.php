<?php
/**
 * A delivery for BuddyPress's mails that delivers nothing.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Stands in for BP_PHPMailer while a quiet call runs.
 */
final class Silence implements \BP_Email_Delivery {

	/**
	 * Says it is done.
	 *
	 * @param \BP_Email $email The mail.
	 */
	public function bp_email( \BP_Email $email ) {
		return true;
	}
}
