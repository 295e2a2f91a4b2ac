<?php
/**
 * Whom a post would mail.
 *
 * @package WPBridge\Companion
 */

namespace WPBridge\Companion;

defined( 'ABSPATH' ) || exit;

/**
 * Foretells BuddyPress's mails about a post or comment, as things stand now: who mentioned
 * or answered members are, and whether they want such mails.
 */
final class Recipients {

	/**
	 * The members who would be mailed because they are mentioned, and those who are answered.
	 * Somebody may be both, and gets two mails.
	 *
	 * @param int         $author  Who posts.
	 * @param string      $content What.
	 * @param int         $group   Where; 0 for outside of groups, and for comments, whose mentions
	 *                             BuddyPress tells strangers of the group as well.
	 * @param object|null $answers The BP_Activity_Activity that it answers.
	 * @return array{mention: int[], reply: int[]}
	 */
	public static function of( int $author, string $content, int $group, ?object $answers ): array {
		$root = $answers && 'activity_comment' === $answers->type ? new \BP_Activity_Activity( (int) $answers->item_id ) : $answers;
		return array(
			'mention' => self::mentioned( $content, $group ),
			'reply'   => self::answered( $author, array_filter( array( $root, $answers ) ) ),
		);
	}

	/**
	 * Those who would be mailed because they are mentioned; in a group that is not public,
	 * BuddyPress tells its members only.
	 *
	 * @param string $content The text.
	 * @param int    $group   Where.
	 * @return int[]
	 */
	private static function mentioned( string $content, int $group ): array {
		$found = bp_activity_do_mentions() ? bp_activity_find_mentions( $content ) : false;
		if ( ! $found ) {
			return array();
		}
		$closed = $group && bp_is_active( 'groups' ) && 'public' !== bp_get_group_status( groups_get_group( $group ) );
		$mailed = array();
		foreach ( array_map( 'intval', array_keys( $found ) ) as $member ) {
			if ( self::wants( $member, 'notification_activity_new_mention' ) && ( ! $closed || bp_user_can( $member, 'bp_moderate' ) || groups_is_user_member( $member, $group ) ) ) {
				$mailed[] = $member;
			}
		}
		return $mailed;
	}

	/**
	 * Those who would be mailed because it answers them: nobody of themselves, nobody twice.
	 *
	 * @param int      $author Who posts.
	 * @param object[] $posts  What it answers: the post, and the comment on it.
	 * @return int[]
	 */
	private static function answered( int $author, array $posts ): array {
		$mailed = array();
		foreach ( array_unique( array_map( 'intval', wp_list_pluck( $posts, 'user_id' ) ) ) as $member ) {
			if ( $member !== $author && self::wants( $member, 'notification_activity_new_reply' ) ) {
				$mailed[] = $member;
			}
		}
		return $mailed;
	}

	/**
	 * Whether a member wants mails of a sort; whoever said nothing does.
	 *
	 * @param int    $member The member.
	 * @param string $sort   BuddyPress's name for it.
	 */
	private static function wants( int $member, string $sort ): bool {
		return 'no' !== bp_get_user_meta( $member, $sort, true );
	}
}
