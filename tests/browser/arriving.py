"""How each person gets in: by an e-mail's code, an authenticator app, or a card."""

from tests.signing_in import code_in, code_of_app


def sign_in_by_email(person, start, email, mailoutbox):
    person.open(start)
    person.fill("E-mail", email)
    person.press("Send me a code")
    person.sees("Look in your e-mails")
    person.fill("Code", code_in(mailoutbox[-1]))
    person.press("Come in")


def set_up_second_step(person):
    person.sees("Set up the second step")
    person.unfold("I cannot scan it")
    secret = person.page.locator("code").inner_text()
    person.fill("Code that the app shows", code_of_app(secret))
    person.press("Set up")
    person.follow("They are safe, go on")


def sign_in_by_card(person, start, card, language):
    person.open(start)
    person.choose_language(language)
    person.fill("The 8 characters on the card", card.lower())
    person.press("Come in", within=person.find("region", "With my card"))
