"""What follows what is put together, recommended, said, sent, seen and decided."""

from __future__ import annotations

from collections.abc import Mapping

from marketplace.bundles import events as bundles
from marketplace.dialogue import events as dialogue
from marketplace.foundation.events import Event, OperatorActed
from marketplace.handlers import (
    accounts,
    answers,
    appealing,
    asking,
    counts,
    ending,
    excluded,
    found,
    lists,
    records,
    rushes,
    weeks,
)
from marketplace.insights import events as insights
from marketplace.moderation import events as moderation
from marketplace.moderation.actions import audit
from marketplace.notify import events as letters
from marketplace.notify.actions import (
    advice,
    goods,
    houses,
    mentions,
    troubles,
    watching,
)
from marketplace.notify.actions import bundles as ensembles
from marketplace.notify.actions import groups as village
from marketplace.notify.actions import reacting as notify
from marketplace.notify.actions import sets as agreements
from marketplace.reactions.kinds import Handlers
from marketplace.recommend import events as recommend
from marketplace.search import events as search
from marketplace.touchpoints import events as touchpoints

TALK: Mapping[type[Event], Handlers] = {
    OperatorActed: (audit,),
    bundles.BundlePublished: (records.note_bundle, accounts.acted, lists.drop_pages,
                              found.bundle_moved),
    **dict.fromkeys((bundles.BundleChanged, bundles.BundleWithdrawn),
                    (lists.drop_pages, found.bundle_moved)),
    bundles.BundleRemixed: (ensembles.remixed, lists.drop_pages),
    bundles.BundleVoted: (accounts.voted_bundle, lists.drop_pages),
    bundles.PollOpened: (ensembles.poll_opened, lists.drop_pages),
    bundles.PollEnded: (ensembles.poll_ended, lists.drop_pages),
    bundles.ChallengeEnded: (ensembles.challenge_ended, lists.drop_pages),
    bundles.OfferAsked: (agreements.asked,),
    bundles.OfferAgreed: (agreements.agreed, lists.words_hidden, lists.drop_pages),
    bundles.OfferPaused: (agreements.paused, lists.words_hidden, lists.drop_pages),
    bundles.OfferEnded: (agreements.ended, lists.words_hidden, lists.drop_pages),
    bundles.BundleAdded: (records.note_bundle_added,),
    recommend.Recommended: (records.note_recommended, accounts.acted,
                            counts.taste_of_recommendation, lists.drop_pages, notify.recommended),
    recommend.Thanked: (accounts.thanked, notify.thanked),
    recommend.PurchaseTold: (notify.purchase_told,),
    recommend.AskOpened: (records.note_ask, lists.drop_pages),
    recommend.AskRouted: (advice.asked,),
    recommend.AskPutToProducer: (advice.put_to_house,),
    recommend.AskAnswered: (lists.drop_pages, advice.answered),
    recommend.AnswerHelped: (accounts.thanked, lists.drop_pages, advice.helped),
    recommend.AskUnanswered: (answers.to_request_board, lists.drop_pages),
    recommend.AskTurned: (answers.ask_turned, lists.drop_pages, found.ask_turned),
    recommend.FeedbackGiven: (lists.refresh_list,),
    recommend.PairingVoted: (lists.pairing_changed,),
    dialogue.ThreadOpened: (records.note_thread, village.topic_began, counts.group_topic,
                            lists.drop_pages, notify.thread_opened, found.thread_moved),
    dialogue.PostPublished: (records.note_post, accounts.posted, counts.group_talk,
                             counts.bundle_talk, lists.drop_pages, notify.posted,
                             mentions.named, found.thread_moved, watching.post_said),
    dialogue.AnswerGiven: (asking.answered,),
    dialogue.OutcomeSet: (accounts.idea_ended, lists.drop_pages, found.thread_moved, asking.closed),
    dialogue.TalkCared: (answers.talk_cared, lists.words_hidden, found.thread_moved),
    dialogue.NewsTold: (ending.stop_recalled, houses.news_told),
    dialogue.VoicesWait: (houses.voices_wait,),
    search.SearchAnswered: (goods.search_answered,),
    search.IndexFaulty: (troubles.index_faulty,),
    letters.LetterSent: (troubles.sent,),
    letters.ClassStopped: (troubles.class_stopped,),
    letters.ClassPaused: (troubles.class_rests,),
    letters.AddressFailing: (troubles.address_fails,),
    touchpoints.SurveyAnswered: (records.note_survey_answered, asking.disappointed),
    touchpoints.SurveyDeclined: (records.note_survey_declined,),
    touchpoints.SurveyPaused: (asking.survey_rests,),
    **dict.fromkeys((touchpoints.PanelAsked, touchpoints.PanelDecided), (asking.panel_moved,)),
    insights.WeekEnded: (weeks.week_ended,),
    insights.ResonanceSeen: (rushes.rush_seen,),
    moderation.ReportFiled: (records.note_report,),
    moderation.AuthorAsked: (answers.ask_author,),
    moderation.DecisionTaken: (records.note_decision, accounts.decided, lists.words_hidden,
                               answers.decide_on_flags, answers.ask_decided,
                               appealing.state_reasons, found.decided),
    moderation.AppealFiled: (records.note_appeal, appealing.take_appeal),
    moderation.ExclusionAppealed: (excluded.take_appeal,),
    moderation.ExclusionJudged: (excluded.appeal_judged,),
    moderation.AppealDecided: (records.note_appeal_decided, accounts.appeal_decided,
                               appealing.carried_out, appealing.appeal_decided),
}
