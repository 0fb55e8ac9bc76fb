import subprocess

import pytest

from tests.servers import BOT_PYTHON, ROOT


@pytest.mark.services
def test_what_we_change_in_rasa_holds_in_its_own_environment():
    ran = subprocess.run(
        [BOT_PYTHON, "-W", "ignore", "-m", "unittest", "tests.bot.inside_rasa"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
