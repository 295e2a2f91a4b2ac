<?php
/**
 * The end that wp_die() asked for.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Thrown where a call would have ended the whole request.
 */
final class Died extends \RuntimeException {
}
