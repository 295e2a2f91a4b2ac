"""Articles of the blog."""

from tests.recording.lead import activate, keys, people
from tests.recording.steps import ANONYMOUS, Scenario, delete, get, post, put

POSTS = "/wp/v2/posts"

SHORT = "id,slug,status,title,content,excerpt,date_gmt,author,comment_status,sticky"

EDIT = {"context": "edit", "_fields": SHORT}

LIST = {
    "context": "edit",
    "status": "any",
    "orderby": "id",
    "order": "asc",
    "_fields": "id,slug,status,title,date_gmt,author",
}

STREAM = {
    "type": "new_blog_post",
    "_fields": "id,user_id,component,type,content,primary_item_id,"
    "secondary_item_id,date_gmt,link",
}

SCENARIOS = (
    Scenario(
        name="posts",
        about="Articles of the blog made, found, changed and deleted.",
        steps=(
            *people("ana"),
            *keys("ana"),
            get(POSTS, query=LIST),
            post(
                POSTS,
                {
                    "title": "Hello & <em>welcome</em>",
                    "slug": "hello",
                    "content": 'All of you.\n\nIt\'s "fine".',
                    "status": "publish",
                },
                save={"hello": "id"},
            ),
            post(
                POSTS,
                {"title": "Again", "slug": "hello", "status": "publish"},
                query=EDIT,
                save={"again": "id"},
            ),
            post(
                POSTS,
                {
                    "title": "Long ago",
                    "slug": "long-ago",
                    "status": "publish",
                    "date_gmt": "2020-02-03T04:05:06",
                    "author": "{ana}",
                    "excerpt": "In short.",
                },
                query=EDIT,
                save={"ago": "id"},
            ),
            post(
                POSTS,
                {
                    "title": "To come",
                    "slug": "to-come",
                    "status": "publish",
                    "date_gmt": "2099-02-03T04:05:06",
                },
                query=EDIT,
                save={"come": "id"},
            ),
            post(POSTS, {"title": "A draft"}, query=EDIT, save={"draft": "id"}),
            post(POSTS, {"title": "Waiting", "status": "pending"}, query=EDIT),
            post(POSTS, {"title": "Own", "status": "private"}, query=EDIT),
            post(POSTS, {}, query=EDIT),
            post(POSTS, {"title": "X", "author": 9999}),
            post(POSTS, {"title": "X", "date_gmt": "yesterday"}),
            post(POSTS, {"title": "X"}, who="ana"),
            post(POSTS, {"title": "X"}, who=ANONYMOUS),
            get(POSTS, query=LIST),
            get(POSTS, query={**EDIT, "status": "any", "slug": "hello,to-come"}),
            get(POSTS, query={"_fields": "id,slug", "slug": "to-come"}),
            get(POSTS, query={"_fields": "id,slug"}, who=ANONYMOUS),
            get(POSTS, query={"context": "edit"}, who="ana"),
            get(f"{POSTS}/{{hello}}", query={"context": "edit"}),
            get(f"{POSTS}/{{come}}", who=ANONYMOUS),
            get(f"{POSTS}/{{draft}}", who=ANONYMOUS),
            put(f"{POSTS}/{{hello}}", {"title": "Hello"}, query=EDIT),
            put(
                f"{POSTS}/{{hello}}",
                {"date_gmt": "2021-02-03T04:05:06"},
                query=EDIT,
            ),
            put(
                f"{POSTS}/{{hello}}",
                {"date_gmt": "2099-02-03T04:05:06"},
                query=EDIT,
            ),
            put(
                f"{POSTS}/{{come}}",
                {"date_gmt": "2022-02-03T04:05:06"},
                query=EDIT,
            ),
            put(f"{POSTS}/{{draft}}", {"status": "publish"}, query=EDIT),
            put(f"{POSTS}/{{again}}", {"status": "draft"}, query=EDIT),
            put(f"{POSTS}/{{again}}", {"sticky": True}, query=EDIT),
            put(f"{POSTS}/{{hello}}", {"title": "X"}, who="ana"),
            put(f"{POSTS}/{{ago}}", {"title": "X"}, who="ana"),
            get(POSTS, query=LIST),
            delete(f"{POSTS}/{{again}}", query={"_fields": "id,slug,status"}),
            delete(f"{POSTS}/{{hello}}", query={"force": True, "_fields": "deleted"}),
            get(f"{POSTS}/{{hello}}"),
        ),
    ),
    Scenario(
        name="posts-in-the-stream",
        about="Articles of the blog, and what the stream tells of them.",
        steps=(
            *activate("blogs"),
            *people("ana"),
            post(
                POSTS,
                {
                    "title": "Hello & welcome",
                    "slug": "hello",
                    "content": 'All of <em>you</em>.\n\nIt\'s "fine".',
                    "status": "publish",
                },
                query=EDIT,
                save={"hello": "id"},
            ),
            get("~/activity", query=STREAM),
            post(
                POSTS,
                {
                    "title": "Long ago",
                    "slug": "long-ago",
                    "status": "publish",
                    "date_gmt": "2020-02-03T04:05:06",
                    "author": "{ana}",
                },
                query=EDIT,
            ),
            post(POSTS, {"title": "A draft"}, query=EDIT, save={"draft": "id"}),
            get("~/activity", query=STREAM),
            put(f"{POSTS}/{{draft}}", {"status": "publish"}, query=EDIT),
            put(f"{POSTS}/{{hello}}", {"title": "Hello"}, query=EDIT),
            get("~/activity", query=STREAM),
            put(f"{POSTS}/{{hello}}", {"status": "draft"}, query=EDIT),
            get("~/activity", query=STREAM),
        ),
    ),
)
