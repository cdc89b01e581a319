"""The few of allauth's pages that exist here, under the names by which allauth links them."""

from django.urls import path

from cohorts.views import second_factor, sign_in

urlpatterns = [
    path("login/", sign_in.request_code, name="account_login"),
    path("login/", sign_in.request_code, name="account_request_login_code"),
    path("login/code/", sign_in.confirm_code, name="account_confirm_login_code"),
    path("logout/", sign_in.sign_out, name="account_logout"),
    path("logout/everywhere/", sign_in.sign_out_everywhere, name="account_logout_everywhere"),
    path("security/", second_factor.security, name="mfa_index"),
    path("second-step/", second_factor.authenticate, name="mfa_authenticate"),
    path("second-step/again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/set-up/", second_factor.activate, name="mfa_activate_totp"),
    path("second-step/other-phone/", second_factor.deactivate, name="mfa_deactivate_totp"),
    path("recovery-codes/", second_factor.view_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/new/", second_factor.generate_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/file/", second_factor.download_codes, name="mfa_download_recovery_codes"),
]
