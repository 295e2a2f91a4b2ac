<?php
/**
 * What is told and forgotten of a person.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Gives WordPress's exporter of personal data the log of what was done in somebody's name.
 * Marks are no part of it: they say which blueprint wrote what, and nothing of people.
 */
final class Privacy {

	private const PAGE = 200;

	/**
	 * Hooks in.
	 */
	public static function hook(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( __CLASS__, 'exporters' ) );
		add_action( 'admin_init', array( __CLASS__, 'policy' ) );
	}

	/**
	 * Adds ours.
	 *
	 * @param array<string, mixed> $exporters The others.
	 * @return array<string, mixed>
	 */
	public static function exporters( $exporters ) {
		$exporters['wpbridge-companion'] = array(
			'exporter_friendly_name' => __( 'wpbridge Companion: log of acting', 'wpbridge-companion' ),
			'callback'               => array( __CLASS__, 'export' ),
		);
		return $exporters;
	}

	/**
	 * A page of the log for a person.
	 *
	 * @param string $email Their address.
	 * @param int    $page  Which page, from 1.
	 * @return array<string, mixed>
	 */
	public static function export( $email, $page = 1 ): array {
		$user = get_user_by( 'email', $email );
		$rows = $user ? Log::rows( self::PAGE, $user->ID, max( 1, (int) $page ) ) : array();
		return array(
			'data' => array_map( array( __CLASS__, 'item' ), $rows ),
			'done' => count( $rows ) < self::PAGE,
		);
	}

	/**
	 * A row of the log for the exporter.
	 *
	 * @param object $row The row.
	 * @return array<string, mixed>
	 */
	private static function item( object $row ): array {
		$told = array(
			__( 'Date', 'wpbridge-companion' )   => $row->made,
			__( 'By', 'wpbridge-companion' )     => bp_core_get_user_displayname( (int) $row->caller ),
			__( 'As', 'wpbridge-companion' )     => bp_core_get_user_displayname( (int) $row->member ),
			__( 'What', 'wpbridge-companion' )   => $row->method . ' ' . $row->route,
			__( 'Answer', 'wpbridge-companion' ) => $row->status,
		);
		$data = array();
		foreach ( $told as $name => $value ) {
			$data[] = compact( 'name', 'value' );
		}
		return array(
			'group_id'    => 'wpbridge-companion-log',
			'group_label' => __( 'Done in a member\'s name', 'wpbridge-companion' ),
			'item_id'     => 'wpbridge-log-' . (int) $row->id,
			'data'        => $data,
		);
	}

	/**
	 * Suggests words for the privacy policy.
	 */
	public static function policy(): void {
		if ( function_exists( 'wp_add_privacy_policy_content' ) ) {
			wp_add_privacy_policy_content(
				'wpbridge Companion',
				'<p>' . esc_html__( 'When an administrator sets up the community with wpbridge in the name of a member, we keep for 180 days who did so, when, and by which call, but not what was written.', 'wpbridge-companion' ) . '</p>'
			);
		}
	}
}
