<?php
/**
 * The page in wp-admin.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Says what is on, who used it, what was done in whose name, and what is kept; and clears it.
 */
final class Settings_Page {

	private const SLUG = 'wpbridge-companion';

	private const NONCE = 'wpbridge_companion';

	private const ROWS = 50;

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_action( bp_is_network_activated() ? 'network_admin_menu' : 'admin_menu', array( __CLASS__, 'menu' ) );
		add_action( 'admin_post_wpbridge_companion_keep', array( __CLASS__, 'keep' ) );
		add_action( 'admin_post_wpbridge_companion_clear', array( __CLASS__, 'clear' ) );
		$base = plugin_basename( FILE );
		add_filter( ( bp_is_network_activated() ? 'network_admin_' : '' ) . "plugin_action_links_$base", array( __CLASS__, 'links' ) );
	}

	/**
	 * Where the page is.
	 */
	public static function url(): string {
		return bp_is_network_activated() ? network_admin_url( 'settings.php?page=' . self::SLUG ) : admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/**
	 * Puts the page in the menu.
	 */
	public static function menu(): void {
		$parent = bp_is_network_activated() ? 'settings.php' : 'options-general.php';
		$title  = __( 'wpbridge Companion', 'wpbridge-companion' );
		add_submenu_page( $parent, $title, $title, Access::manager(), self::SLUG, array( __CLASS__, 'show' ) );
	}

	/**
	 * Puts a link to it among the plugins.
	 *
	 * @param string[] $links The others.
	 * @return string[]
	 */
	public static function links( $links ) {
		array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( self::url() ), esc_html__( 'Settings', 'wpbridge-companion' ) ) );
		return $links;
	}

	/**
	 * Keeps the switches.
	 */
	public static function keep(): void {
		self::guard( 'keep' );
		// phpcs:ignore WordPress.Security -- Checked in guard(); kept as true or false only.
		Settings::keep( isset( $_POST['switches'] ) ? wp_unslash( $_POST['switches'] ) : array() );
		self::back( 'kept' );
	}

	/**
	 * Clears what is kept.
	 */
	public static function clear(): void {
		self::guard( 'clear' );
		// phpcs:ignore WordPress.Security.NonceVerification -- Checked in guard().
		if ( empty( $_POST['sure'] ) ) {
			self::back( 'unsure' );
		}
		Upkeep::clear();
		self::back( 'cleared' );
	}

	/**
	 * Lets nobody through but those who may, from this page.
	 *
	 * @param string $what What they do.
	 */
	private static function guard( string $what ): void {
		check_admin_referer( self::NONCE . '_' . $what );
		if ( ! current_user_can( Access::manager() ) ) {
			wp_die( esc_html__( 'Sorry, you are not allowed to do that.', 'wpbridge-companion' ), '', array( 'response' => 403 ) );
		}
	}

	/**
	 * Goes back to the page.
	 *
	 * @param string $said What was done.
	 */
	private static function back( string $said ): void {
		wp_safe_redirect( add_query_arg( 'said', $said, self::url() ) );
		exit;
	}

	/**
	 * Shows the page.
	 */
	public static function show(): void {
		if ( ! current_user_can( Access::manager() ) ) {
			return;
		}
		echo '<div class="wrap"><h1>' . esc_html__( 'wpbridge Companion', 'wpbridge-companion' ) . '</h1>';
		self::said();
		self::switches();
		self::users();
		self::log();
		self::kept();
		echo '</div>';
	}

	/**
	 * Says what was done just now.
	 */
	private static function said(): void {
		$words = array(
			'kept'    => array( 'success', __( 'Settings saved.', 'wpbridge-companion' ) ),
			'cleared' => array( 'success', __( 'Everything that wpbridge kept on this site is cleared.', 'wpbridge-companion' ) ),
			'unsure'  => array( 'warning', __( 'Nothing was cleared: tick the box first.', 'wpbridge-companion' ) ),
		);
		// phpcs:ignore WordPress.Security.NonceVerification -- Chooses one of three sentences.
		$said = isset( $_GET['said'] ) ? sanitize_key( $_GET['said'] ) : '';
		if ( isset( $words[ $said ] ) ) {
			printf( '<div class="notice notice-%s is-dismissible"><p>%s</p></div>', esc_attr( $words[ $said ][0] ), esc_html( $words[ $said ][1] ) );
		}
	}

	/**
	 * The form with the switches.
	 */
	private static function switches(): void {
		echo '<p>' . esc_html__( 'wpbridge sets up this community from a file. It can do no more here than the user whose application password it holds. What follows goes beyond what that user does in their own name, so it is off until you switch it on.', 'wpbridge-companion' ) . '</p>';
		self::open( 'keep' );
		echo '<table class="form-table" role="presentation">';
		foreach ( self::words() as $name => list( $title, $label, $about ) ) {
			self::box( $name, $title, $label, $about );
		}
		echo '</table>';
		submit_button();
		echo '</form>';
	}

	/**
	 * What each switch says.
	 *
	 * @return array<string, string[]>
	 */
	private static function words(): array {
		return array(
			'acting'  => array(
				__( 'In a member\'s name', 'wpbridge-companion' ),
				__( 'Let moderators\' scripts post, comment, befriend, message, join, invite and ask to join in the name of a member', 'wpbridge-companion' ),
				__( 'Only of members who may do nothing that the script\'s own user may not. Every such call is logged below.', 'wpbridge-companion' ),
			),
			'cookies' => array(
				__( 'From the browser', 'wpbridge-companion' ),
				__( 'Let that be done without an application password, too', 'wpbridge-companion' ),
				__( 'Leave this off unless you know why: with it, a malicious script in a moderator\'s browser could act as others.', 'wpbridge-companion' ),
			),
			'quiet'   => array(
				__( 'Quietly', 'wpbridge-companion' ),
				__( 'Let calls ask for no mail, no notification and no “joined the group”', 'wpbridge-companion' ),
				__( 'For that one call and nothing else. Mail about a changed password or e-mail address is always sent.', 'wpbridge-companion' ),
			),
			'dates'   => array(
				__( 'At a past date', 'wpbridge-companion' ),
				__( 'Let calls give posts, comments, messages, memberships, friendships and groups a date of the past', 'wpbridge-companion' ),
				__( 'Never one of the future. Posts that are due later wait in a queue instead.', 'wpbridge-companion' ),
			),
		);
	}

	/**
	 * One switch.
	 *
	 * @param string $name  Its name.
	 * @param string $title The row's title.
	 * @param string $label What it does.
	 * @param string $about What else to know.
	 */
	private static function box( string $name, string $title, string $label, string $about ): void {
		$fixed = Settings::fixed( $name );
		printf( '<tr><th scope="row">%s</th><td><label><input type="checkbox" name="switches[%s]" value="1"%s%s> %s</label>', esc_html( $title ), esc_attr( $name ), checked( Settings::on( $name ), true, false ), disabled( null !== $fixed, true, false ), esc_html( $label ) );
		echo '<p class="description">' . esc_html( $about ) . '</p>';
		if ( null !== $fixed ) {
			/* translators: %s: the name of a PHP constant. */
			echo '<p class="description">' . sprintf( esc_html__( 'Set by the constant %s.', 'wpbridge-companion' ), '<code>WPBRIDGE_COMPANION_' . esc_html( strtoupper( $name ) ) . '</code>' ) . '</p>';
		}
		echo '</td></tr>';
	}

	/**
	 * Who used it.
	 */
	private static function users(): void {
		echo '<h2>' . esc_html__( 'Who used it', 'wpbridge-companion' ) . '</h2>';
		$rows = array();
		foreach ( Upkeep::users() as $id => $one ) {
			$rows[] = array( self::name( $id ), self::when( $one['first'] ), self::when( $one['last'] ), number_format_i18n( $one['calls'] ) );
		}
		self::table(
			array( __( 'User', 'wpbridge-companion' ), __( 'First', 'wpbridge-companion' ), __( 'Last', 'wpbridge-companion' ), __( 'Calls', 'wpbridge-companion' ) ),
			$rows,
			__( 'Nobody yet.', 'wpbridge-companion' )
		);
	}

	/**
	 * The log of acting.
	 */
	private static function log(): void {
		echo '<h2>' . esc_html__( 'Done in a member\'s name', 'wpbridge-companion' ) . '</h2>';
		$rows = array();
		foreach ( Log::rows( self::ROWS ) as $row ) {
			$rows[] = array(
				self::when( (int) strtotime( $row->made . ' UTC' ) ),
				self::name( (int) $row->caller ),
				self::name( (int) $row->member ),
				$row->method . ' ' . $row->route,
				$row->object_id ? '#' . $row->object_id : '',
				$row->status ? $row->status : __( 'end unknown', 'wpbridge-companion' ),
				self::password( (int) $row->caller, $row->password ),
			);
		}
		if ( count( $rows ) === self::ROWS ) {
			/* translators: %d: a number of calls. */
			echo '<p>' . esc_html( sprintf( __( 'The newest %d calls.', 'wpbridge-companion' ), self::ROWS ) ) . '</p>';
		}
		self::table(
			array( __( 'When', 'wpbridge-companion' ), __( 'Who', 'wpbridge-companion' ), __( 'As', 'wpbridge-companion' ), __( 'What', 'wpbridge-companion' ), __( 'Made', 'wpbridge-companion' ), __( 'Answer', 'wpbridge-companion' ), __( 'Application password', 'wpbridge-companion' ) ),
			$rows,
			__( 'Nothing yet.', 'wpbridge-companion' )
		);
	}

	/**
	 * What is kept, and the button that clears it.
	 */
	private static function kept(): void {
		$counts = Tables::counts();
		$words  = array(
			'marks'   => array( __( 'Marks', 'wpbridge-companion' ), __( 'which blueprint wrote what, under which key', 'wpbridge-companion' ) ),
			'queue'   => array( __( 'Queue', 'wpbridge-companion' ), __( 'posts that are due later, and what became of those that were', 'wpbridge-companion' ) ),
			'answers' => array( __( 'Answers', 'wpbridge-companion' ), __( 'kept for a day, for a client that did not get them', 'wpbridge-companion' ) ),
			'log'     => array( __( 'Log', 'wpbridge-companion' ), __( 'kept for 180 days', 'wpbridge-companion' ) ),
		);
		$rows   = array();
		foreach ( $words as $name => list( $title, $about ) ) {
			$rows[] = array( $title, $about, number_format_i18n( $counts[ $name ] ) );
		}
		echo '<h2>' . esc_html__( 'What wpbridge keeps on this site', 'wpbridge-companion' ) . '</h2>';
		self::table( array( __( 'What', 'wpbridge-companion' ), '', __( 'Rows', 'wpbridge-companion' ) ), $rows, '' );
		self::open( 'clear' );
		echo '<p>' . esc_html__( 'Clearing forgets all of it, and who may post in which group. Members, groups and posts stay. wpbridge will no longer know what it wrote here, and posts that wait in the queue will not go out.', 'wpbridge-companion' ) . '</p>';
		echo '<p><label><input type="checkbox" name="sure" value="1"> ' . esc_html__( 'I am sure', 'wpbridge-companion' ) . '</label></p>';
		submit_button( __( 'Clear everything', 'wpbridge-companion' ), 'delete' );
		echo '</form>';
	}

	/**
	 * Opens a form.
	 *
	 * @param string $what What it does.
	 */
	private static function open( string $what ): void {
		printf( '<form method="post" action="%s"><input type="hidden" name="action" value="wpbridge_companion_%s">', esc_url( admin_url( 'admin-post.php' ) ), esc_attr( $what ) );
		wp_nonce_field( self::NONCE . '_' . $what );
	}

	/**
	 * A table.
	 *
	 * @param string[]   $head The columns.
	 * @param string[][] $rows The rows.
	 * @param string     $none What it says when there are none.
	 */
	private static function table( array $head, array $rows, string $none ): void {
		if ( ! $rows ) {
			echo '<p>' . esc_html( $none ) . '</p>';
			return;
		}
		// On a phone the table scrolls, and not the page.
		echo '<div style="overflow-x:auto"><table class="widefat striped"><thead><tr>';
		foreach ( $head as $cell ) {
			echo '<th scope="col">' . esc_html( $cell ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( $rows as $row ) {
			echo '<tr>';
			foreach ( $row as $cell ) {
				echo '<td>' . esc_html( $cell ) . '</td>';
			}
			echo '</tr>';
		}
		echo '</tbody></table></div>';
	}

	/**
	 * A user's name and login, or that they are gone.
	 *
	 * @param int $id The user.
	 */
	private static function name( int $id ): string {
		$user = get_userdata( $id );
		/* translators: %d: the number of a user who is gone. */
		return $user ? "$user->display_name ($user->user_login)" : sprintf( __( 'user %d (gone)', 'wpbridge-companion' ), $id );
	}

	/**
	 * What an application password is called; how its number begins once it is revoked.
	 *
	 * @param int    $user Whose.
	 * @param string $uuid Its number, '' for none.
	 */
	private static function password( int $user, string $uuid ): string {
		if ( '' === $uuid ) {
			return __( 'none (browser)', 'wpbridge-companion' );
		}
		$found = \WP_Application_Passwords::get_user_application_password( $user, $uuid );
		return $found ? $found['name'] : substr( $uuid, 0, 8 );
	}

	/**
	 * A moment in the site's own words.
	 *
	 * @param int $moment Seconds since 1970.
	 */
	private static function when( int $moment ): string {
		return (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $moment );
	}
}
