"""Who may do what: roles and the Actor, all permission rules, the declarations, the deny-by-default gate."""

from __future__ import annotations

from app.access.actors import Actor, Role
from app.access.gate import actor, authorize, by_link, declared_access, init_app, may_open, needs, public
from app.access.rules import (
    can_approve_raters,
    can_be_subject_for,
    can_choose_raters,
    can_edit_function_profile,
    can_edit_person,
    can_hold_conversation,
    can_manage_people,
    can_manage_round,
    can_plan_rounds,
    can_read_comments,
    can_read_conversation,
    can_read_message,
    can_read_profile,
    can_release,
    can_see_person,
    can_talk_with,
    can_use_goal,
    can_use_self_assessment,
    can_view_profile,
)

__all__ = [
    "Actor",
    "Role",
    "actor",
    "authorize",
    "by_link",
    "can_approve_raters",
    "can_be_subject_for",
    "can_choose_raters",
    "can_edit_function_profile",
    "can_edit_person",
    "can_hold_conversation",
    "can_manage_people",
    "can_manage_round",
    "can_plan_rounds",
    "can_read_comments",
    "can_read_conversation",
    "can_read_message",
    "can_read_profile",
    "can_release",
    "can_see_person",
    "can_talk_with",
    "can_use_goal",
    "can_use_self_assessment",
    "can_view_profile",
    "declared_access",
    "init_app",
    "may_open",
    "needs",
    "public",
]
