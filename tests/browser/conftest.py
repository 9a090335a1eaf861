from pathlib import Path

import pytest
import servers
from automatic import registered
from chromium import chromium_with, everyday_chromium
from firefox import firefox_with

EXTENSION = Path(__file__).parents[2] / "extension"


@pytest.fixture(scope="session")
def pages() -> str:
    """The address of the page server; not 127.0.0.1, to which the extension has standing access."""
    with servers.serve(servers.page) as port:
        yield f"http://localhost:{port}"


@pytest.fixture(scope="session")
def _wire(server):
    wire = servers.Wire(server)
    with servers.serve(wire) as port:
        wire.address = f"http://127.0.0.1:{port}"
        yield wire


@pytest.fixture
def wire(_wire):
    """What passes between extension and server; see `servers.Wire`."""
    _wire.reset()
    return _wire


@pytest.fixture(scope="session")
def _chromium():
    with chromium_with(EXTENSION) as chromium:
        yield chromium


@pytest.fixture
def chromium(_chromium, wire):
    """Chromium with the extension, which takes `wire` for its server. Tabs are closed after each test."""
    _chromium.forget()
    _chromium.use_server(wire.address)
    yield _chromium
    _chromium.close_all()


@pytest.fixture(scope="session")
def _firefox():
    with firefox_with(EXTENSION) as firefox:
        yield firefox


@pytest.fixture
def firefox(_firefox, wire):
    """Firefox with the extension, which takes `wire` for its server. Tabs are closed after each test."""
    _firefox.forget()
    _firefox.use_server(wire.address)
    yield _firefox
    _firefox.close_all()


@pytest.fixture(params=["chromium", "firefox"])
def browser(request):
    """Each of the browsers in turn, for what must be the same in both."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def _home():
    with everyday_chromium(EXTENSION, "http://localhost/*", "https://*/*") as chromium:
        yield chromium


@pytest.fixture(params=["chromium", "firefox"])
def home(request, wire):
    """Each of the browsers in turn, as it is at home: the reader can let the extension onto sites, and hide tabs."""
    driver = request.getfixturevalue("_home" if request.param == "chromium" else "_firefox")
    driver.forget()
    driver.use_server(wire.address)
    yield driver
    driver.forget()
    driver.close_all()


@pytest.fixture
def site(home):
    """A browser in which the site of the test pages is checked automatically."""
    assert home.allow("http://localhost") == "true"
    home.until(lambda: registered(home) == ["http://localhost/*"], "the content scripts are not registered")
    return home


@pytest.fixture(scope="session")
def artifacts() -> Path:
    """Where screenshots go."""
    folder = Path(__file__).parent / ".artifacts"
    folder.mkdir(exist_ok=True)
    return folder
