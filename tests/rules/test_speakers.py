"""Who speaks: a page that reports on claims owes no warnings and adds no points; one that makes them does."""

import pytest

REPORTS = {
    "a warning letter": (
        "WARNING LETTER\n"
        "Dear Sir,\n"
        'Your website says that your kratom capsules "cure opioid addiction" and "relieve chronic pain". '
        "These claims show that your products are unapproved new drugs. Reply within fifteen working "
        "days.\n"
    ),
    "a letter on misbranding": (
        "Untitled letter to Sunny Roots\n"
        'Your product Calm Drops is misbranded. You claim that it "treats depression and prevents '
        'cancer". The FDA has warned you before.\n'
    ),
    "a recall": (
        "Voluntary recall of Deep Rest gummies\n"
        "The company is recalling all lots because tests found tianeptine. Do not use these products; "
        "return them to the store. Tianeptine has led to seizures and deaths.\n"
    ),
    "a recall of a root": (
        "Safety recall: tejocote pieces recalled over yellow oleander\n"
        "The lots were sold for weight loss. Health officials have warned that oleander can stop the "
        "heart. A woman was taken to intensive care.\n"
    ),
    "a court report": (
        "Couple sentenced over bleach sold as a cure\n"
        "Prosecutors told the court that the couple claimed their drops would cure autism and malaria. "
        "The judge gave each four years. Buyers were hospitalized.\n"
    ),
    "an indictment": (
        'Seller of "cancer tea" indicted\n'
        "A grand jury charged the man with fraud. The company claimed that its tea dissolves tumors, "
        "prosecutors said. One patient died after she stopped chemotherapy.\n"
    ),
    "a fact check": (
        "Fact check: no, vitamin D does not cure diabetes\n"
        'CLAIM: "Take 50,000 IU of vitamin D daily to reverse diabetes."\n'
        "VERDICT: False.\n"
        "There is no evidence that it does.\n"
    ),
    "a debunking": (
        "Debunked: five claims about colloidal silver\n"
        "Claim: silver kills viruses in the body.\n"
        "Verdict: false.\n"
        "The FDA warned sellers in 2020.\n"
    ),
    "news of a danger": (
        "Kratom deaths on the rise, officials warn\n"
        "Health officials have warned of kratom after nine deaths. Sellers claim that it relieves pain. "
        '"It is an opioid," a doctor told reporters. Coroner records show more.\n'
    ),
    "news of a ban": (
        "City bans tianeptine\n"
        'Regulators banned the "gas-station heroin" on Monday. Users say it lifts the mood. Two men died '
        "last year, and poison centers received forty calls, a spokesman said.\n"
    ),
    "an alert": (
        "Safety alert: liver injury with turmeric\n"
        "The medicines regulator has received reports of liver injury. Sellers claim that turmeric eases "
        "joint pain. Report side effects to MedWatch.\n"
    ),
    "an advisory on a product": (
        "Public health advisory\n"
        'The FDA is warning consumers of "Sleepy Honey", which is marketed to cure insomnia. Tests found '
        "diazepam. Stop using the product immediately.\n"
    ),
    "an advertising ruling": (
        "Ruling on Bright Mind Ltd\n"
        "The Advertising Standards Authority upheld the complaint. The company claimed that ginkgo "
        "prevents dementia. The ad was banned. An unapproved claim falsely advertised.\n"
    ),
    "a lawsuit": (
        "Supplement maker sued over fertility claims\n"
        "The lawsuit says the company falsely claimed that maca cures infertility. The FTC complaint "
        "names three brands. The court hears it in May.\n"
    ),
    "an inquest": (
        "Inquest: student died after taking kava and alcohol\n"
        "The coroner heard that the seller claimed kava is completely safe. Toxicologists told the court "
        "that both slow the breathing.\n"
    ),
}
MAKES_CLAIMS = {
    "a shop that mentions an authority": (
        "Kratom capsules\n"
        "Kratom relieves chronic pain. Take 3 grams three times a day. The FDA has warned about kratom, "
        "but we disagree. Add to cart.\n"
    ),
    "a blog with a footnote": (
        "My kratom story\nKratom cured my back pain. I take 5 grams daily. The FDA has not approved it.\n"
    ),
    "a conspiracy": (
        "What regulators hide\n"
        "Chlorine dioxide cures malaria. Take three drops every hour. The FDA banned it to protect drug "
        "companies.\n"
    ),
    "a label with a poison number": (
        "Iron drops\nSupports energy. Take one dropper daily. In case of overdose call a poison control center.\n"
    ),
    "a guide": ("Kava for beginners\nKava relieves anxiety. Take 250 mg twice a day. Experts warn of heavy use.\n"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_owes_nothing_and_adds_no_points(checker, name):
    summary = checker.check(REPORTS[name]).summary
    assert (summary.reports, str(summary.level), summary.score, summary.missing) == (True, "none", 0, ())
    assert summary.headline.startswith("This page reports on claims")


@pytest.mark.parametrize("name", MAKES_CLAIMS)
def test_a_page_that_makes_claims_is_no_report_for_naming_an_authority(checker, name):
    summary = checker.check(MAKES_CLAIMS[name]).summary
    assert not summary.reports
    assert summary.score > 0
