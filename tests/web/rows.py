"""Addresses of orders and accounts by who may open or send them, for the access table."""

from __future__ import annotations

OPEN = ("orders.withdraw", "orders.receipt", "orders.receipt_pdf", "orders.receipt_photo",
        "orders.return_slip")
BOUGHT = ("orders.order", "orders.complaint", "orders.address", "orders.document",
          "orders.document_pdf", "orders.wishes")
SOLD = ("orders.slip", "orders.own", "orders.own_pdf", "orders.hand_in", "orders.part")
STUDIO = ("recommend.house_asks", "bundles.studio", "bundles.ask_offer", "bundles.house_offer",
          "orders.studio", "orders.rate_table", "orders.pack", "orders.taxes", "orders.export",
          "orders.export_csv")
OPERATED = ("bundles.new_challenge", "people.members", "orders.tax_table", "orders.operator",
            "orders.operated", "search.operator", "search.pairs")
"""What is read: by everybody, the buyer, the house that sold, all houses, the operator."""

SENT = ("orders.arrived", "orders.cancel", "orders.cancel_all", "orders.complain",
        "orders.complaint_act", "orders.signal", "orders.address_post", "orders.wait",
        "orders.show_wishes", "orders.set_line", "orders.parcel_act", "orders.look")
DONE = ("orders.step", "orders.hand_in_post", "orders.new_day", "orders.cut", "orders.parcel",
        "orders.complaint_answer", "orders.signals", "orders.returned")
DECLARED = ("orders.withdraw_post", "orders.withdraw_change", "orders.receipt_proof")
"""What is sent: by the buyer, the house that sold, everybody."""

APPEALS = ("appeals", "second", "second_exclusion")
"""Appeals, for moderators and the operator."""
EXCLUDED_DONE = {"moderation.appeal_exclusion": {"eva"}, "moderation.decide_exclusion": {"max"}}
"""Eva is kept out of a group of gina's."""

ACCOUNT = ("people.account", "people.network", "people.edit_profile", "people.security",
           "people.again", "people.own_passkey", "people.new_passkey", "people.change_email",
           "people.change_password", "people.privacy", "people.wishes", "people.addresses",
           "people.data", "people.close", "people.handle", "people.tokens",
           "storefront.waiting_searches")
ACCOUNT_DONE = ("people.edit_profile_post", "people.end_login", "people.end_others",
                "people.consent_matching", "people.consent_way", "people.block", "people.follow",
                "people.trust", "people.confirm_again", "people.again_post",
                "people.new_passkey_post", "people.drop_passkey", "people.new_app",
                "people.app_post", "people.drop_app", "people.paper", "people.change_email_post",
                "people.change_password_post", "people.privacy_post", "people.withdraw",
                "people.end_opt_in", "people.mute", "people.untrust", "people.not_now",
                "people.addresses_post", "people.change_address_post", "people.prefer_address",
                "people.drop_address", "people.wishes_post", "people.change_wish_post",
                "people.drop_wish", "people.health", "people.drop_health", "people.check_in",
                "people.export_post", "people.let_help", "people.close_post", "people.handle_post",
                "people.tokens_post", "people.revoke", "storefront.wait_for_search")
"""Pages and acts of one's own account: for everybody who is signed in."""
KEYED = ("checkout.api_basket", "checkout.api_orders", "checkout.api_order")
KEYED_DONE = ("checkout.api_add", "checkout.api_place")
"""Addresses for programs, which a browser's sign-in does not open."""

GROUPS = ("proposals", "proposal_page", "calendar", "calendar_file", "dates", "dates_file",
          "date_page", "date_file", "picks")
GROUPS_OWN = ("people", "mine", "new", "ambassadors")
GROUPS_CARE = ("exclude", "settings", "propose", "new_date", "edit_date", "care", "new_list", "add")
"""Pages of an open group: for everybody, for who is signed in, for its moderators."""
GROUPS_LED = ("set_role", "hand_over", "exclude_post", "let_in", "invite", "revoke",
              "settings_post", "propose_post", "ballot", "stand", "stand_no_more",
              "new_date_post", "edit_date_post", "cancel", "export", "vote_item", "start_list",
              "add_to_list", "vote_pick", "decide")
GROUPS_DONE = ("new_post", "join", "leave", "answer_offer", "show_membership", "choose_mail",
               "come_in",
               "answer_invite", "attend", "attend_no_more")
"""Acts: of who belongs to the group or looks after it, of everybody who is signed in."""
TALKED = ("new_post", "say", "comment", "seen", "support", "vote_post")
"""Acts of threads, for everybody who is signed in."""
AMBASSADORS = {"groups.open_older": {"gina", "eva"}, "groups.step_down": set[str](),
               "groups.new_ambassador_post": set[str](),
               "groups.answer_ambassador": {"gina"}, "groups.end_ambassador": {"gina", "dan"},
               "storefront.end_wait": {"eva"}, "search.rebuild": {"olga"},
               "search.add_pair": {"olga"}, "search.end_pair": {"olga"}}
"""Of gina's group, in which eva wrote before she left it, and for which dan would like to speak;
who steps down has to be a moderator. And the search that eva waits for, and what olga does to the
search."""
SHOP = ("storefront.category", "storefront.code", "storefront.compare", "storefront.file",
        "storefront.for_you", "storefront.group", "storefront.group_feed", "storefront.group_list",
        "storefront.group_ranking", "storefront.group_topics",
        "storefront.groups", "storefront.healthz", "storefront.home",
        "storefront.how_checked", "storefront.imprint", "storefront.manifest", "storefront.member",
        "storefront.outbox", "storefront.outbox_mail", "storefront.page", "storefront.particulars",
        "storefront.parts", "storefront.prices", "storefront.producer",
        "storefront.producer_history", "storefront.producers", "storefront.product",
        "storefront.products", "storefront.ranking", "storefront.readyz", "storefront.reputation",
        "storefront.robots", "storefront.search", "storefront.seen", "storefront.share_mastodon",
        "storefront.shared_list", "storefront.status")
"""Pages of goods, houses and words that everybody may open."""
BUNDLES_SEEN = ("storefront.bundles", "storefront.bundle", "storefront.bundle_feed",
                "storefront.bundle_file", "storefront.bundle_print", "storefront.ask",
                "bundles.polls", "bundles.poll", "storefront.challenges", "storefront.challenge")
BUNDLES_OWN = ("bundles.mine", "bundles.new", "storefront.bundle_export", "bundles.new_poll")
BUNDLES_DONE = ("bundles.new_post", "bundles.vote", "bundles.remix", "bundles.bring",
                "bundles.save", "bundles.new_poll_post", "bundles.answer_poll",
                "bundles.enter", "bundles.leave_challenge",
                "bundles.vote_entry", "storefront.ask_bundle")
BUNDLES_OWN_DONE = {"bundles.order_group": frozenset(("gina",)),
                    **dict.fromkeys(("bundles.edit_post", "bundles.layout", "bundles.close_poll",
                                     "bundles.photos"),
                                    frozenset(("eva",))),
                    "bundles.new_challenge_post": frozenset(("olga",)),
                    "bundles.own_offer_post": frozenset(("eva",)),
                    **dict.fromkeys(("bundles.ask_offer_post", "bundles.house_offer_post"),
                                    frozenset(("ana", "bert")))}
"""A public bundle in its forms, and the wish that makes one; pages of those who make some; acts of
everybody signed in, and of its author; a question of eva's is answered by the others and ended by
her; the operator calls for bundles."""
JOINING = ("people.confirm", "people.reset", "people.portrait_file", "people.sign_up",
           "people.passkey_options", "people.join_options",
           "people.reopen", "people.data_map", "people.new_email")
JOINED = ("people.sign_in_post", "people.sign_up_post", "people.sign_out", "people.reset_post",
          "people.new_password_post", "people.confirm_post", "people.language", "people.theme",
          "people.second_post", "people.passkey_post", "people.new_email_post",
          "people.reopen_post")
"""Pages and acts of joining and signing in, for everybody."""

MEMBERS_DONE = ("people.members_post", "people.member_act", "people.close_many")
"""What the operator does with accounts."""
PAID_TO = ("payments.account_post", "payments.account_code", "payments.account_passkey")
"""Where the money of a house goes."""
LETTERS_DONE = ("read", "all_read", "settings_post", "stop_all", "asked", "rest_post", "try_again",
                "add_browser", "drop_browser")
"""What a member does about what reaches them."""
SAID_OF_US = ("dialogue.news", "notify.words", "touchpoints.studio")
WATCHED = ("notify.words_post",)
"""What a house says of itself, and what others say of it."""
SURVEYS = ("touchpoints.surveys", "touchpoints.operated_survey", "touchpoints.panels",
           "touchpoints.operated_panel")
PANEL = ("touchpoints.own_surveys", "touchpoints.panel")
PANEL_DONE = ("touchpoints.own_surveys_post", "touchpoints.panel_post")
SURVEYS_DONE = {"touchpoints.surveys_post": {"olga"}, "touchpoints.survey_step": {"olga"},
                "touchpoints.survey_post": {"eva"}, "touchpoints.panels_post": {"olga"},
                "touchpoints.panel_step": {"olga"}, "touchpoints.panel_vote": {"eva"}}
"""Short questions and the panel: made by the operator; one that eva is asked, and votes on; what
everybody signed in says about being asked."""
