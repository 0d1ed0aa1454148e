"""Three of allauth's pages, in a house where reading does not write."""

from typing import Any

from allauth.account.views import LoginView
from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import ListUserSessionsView
from django.views.generic.edit import FormView

from etabli.accounts.entrance import demonstration, hashers


class Login(LoginView):
    """The login; in the demonstration it says who one may be."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"accounts": demonstration.accounts(), "password": hashers.PASSWORD}
        return {**super().get_context_data(**kwargs), "demonstration": shown}


class Sessions(ListUserSessionsView):
    """Where one is logged in. Those that are over are left out, and removed at the next login."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = FormView.get_context_data(self, **kwargs)
        kept = UserSession.objects.filter(user=self.request.user).order_by("created_at")
        context["sessions"] = [session for session in kept if session.exists()]
        return context


login = Login.as_view()
sessions = Sessions.as_view()
recovery_codes = ViewRecoveryCodesView.as_view()
recovery_codes.writes_on_get = True  # the day the codes were seen is noted
