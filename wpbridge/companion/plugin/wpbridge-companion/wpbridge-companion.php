<?php
/**
 * Companion for wpbridge: the parts of community provisioning that REST cannot do alone.
 *
 * @package WPBridge\Companion
 *
 * Plugin Name:       wpbridge Companion
 * Plugin URI:        https://github.com/wpbridge/wpbridge
 * Description:       Lets wpbridge set up a BuddyPress community faster and further: many calls in one request, marks, types, posting rules and a queue. Acting in a member's name, quiet calls and dates are off until you switch them on.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Requires Plugins:  buddypress
 * Author:            The wpbridge authors
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       wpbridge-companion
 * Domain Path:       /languages
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';

/**
 * What a client may rely on: raised when an answer changes its shape, never when one is added.
 */
const WIRE = 1;

/**
 * The namespace of every route here.
 */
const REST = 'wpbridge/v1';

const FILE = __FILE__;

require_once __DIR__ . '/includes/class-plugin.php';

spl_autoload_register( array( Plugin::class, 'load' ) );
Plugin::start();
