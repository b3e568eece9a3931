"""History in words: log, history, blame, diff and audit on real git."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.git import commit_all
from tests.support.git import git
from tests.support.office import office


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = office(tmp_path / "record")
    monkeypatch.chdir(place)
    return place


def done(*words: str) -> str:
    found = run(list(words))
    assert found.code == 0, found.err
    return found.out


def test_log_tells_changes_in_words_by_day(folder: Path) -> None:
    done("set", "example", "health=red", "health_reason=Why", "-m", "A call")
    file = folder / "issues" / "new-issue.yaml"
    file.write_text(file.read_text().replace("P4", "P2"))
    commit_all(folder, "Quick fix", on="2021-01-19T12:00:00-05:00", who="Z. Hand")

    text = done("log")

    assert "example: health green → red, health_reason Why  B. Staffer" in text
    assert "A call" in text
    assert "“Quick fix” (by hand)  Z. Hand\n    new-issue: priority P4 → P2" in text
    assert "Tuesday 2021-01-19" in text
    assert "Quick fix" not in done("log", "mexico")
    assert "A call" not in done("log", "--by", "z. hand")
    assert "priority" not in done("log", "--field", "health")
    assert "no changes" in done("log", "--until", "2001-01-01")
    assert len(done("log", "-n", "1").splitlines()) == 3


def _moved(folder: Path, old: str, new: str, subject: str = "Tidy") -> None:
    git(folder, "mv", f"{old}.yaml", f"{new}.yaml")
    commit_all(folder, subject, who="Z. Hand")


def test_a_file_moved_by_hand_is_told_as_renamed(folder: Path) -> None:
    done("set", "new-issue", "priority=P3")
    _moved(folder, "issues/new-issue", "issues/middle")
    _moved(folder, "issues/middle", "issues/last", "Again")
    done("set", "last", "priority=P2")

    assert "“Again” (by hand)  Z. Hand\n    last: was middle" in done("log")
    history = done("history", "last")
    assert history.count("was middle") == history.count("was new-issue") == 1
    assert "priority  P3 → P2" in history
    assert "priority  P4 → P3" in history
    assert "removed" not in history
    assert "Begin the record" in history
    lines = done("blame", "last").split("\n\n")[0].splitlines()
    moves = git(folder, "log", "--format=%h", "--abbrev=7", "-2", "HEAD~1").split()
    assert {line.split()[0] for line in lines}.isdisjoint(moves)
    assert len({line.split()[0] for line in lines}) == 2
    assert done("history", "middle", "--as-of", "HEAD~2").count("was new-issue") == 1
    found = run(["audit", "--json"]).json["data"]["findings"]
    assert [each["code"] for each in found if "Tidy" in each["message"]] == ["without-tool"]
    assert "removed" not in {each["code"] for each in found}


def test_a_move_by_hand_that_nobody_can_tell_is_none(folder: Path) -> None:
    text = (folder / "issues/new-issue.yaml").read_text()
    (folder / "issues/twin.yaml").write_text(text)
    commit_all(folder, "A twin")
    # Two files of one text went, and two came: no one is the other.
    git(folder, "mv", "issues/twin.yaml", "issues/twin-2.yaml")
    _moved(folder, "issues/new-issue", "issues/new-2")
    # Another kind is another record; and so is what differs by a word.
    (folder / "issues/new-2.yaml").unlink()
    (folder / "issues/other.yaml").write_text(text.replace("P4", "P3"))
    commit_all(folder, "Another")

    log = done("log")
    assert "was " not in log
    assert "removed issue" in log
    assert "was " not in done("history", "other")


def test_a_name_that_is_used_again_lends_its_later_history_to_nobody(folder: Path) -> None:
    text = (folder / "issues/new-issue.yaml").read_text()
    _moved(folder, "issues/new-issue", "issues/moved")
    (folder / "issues/new-issue.yaml").write_text(text.replace("P4", "P1"))
    commit_all(folder, "One more of that name")

    history = done("history", "moved")
    assert "was new-issue" in history
    assert "One more of that name" not in history
    assert "was " not in done("history", "new-issue")


def test_history_follows_renames_and_tells_values_whole(folder: Path) -> None:
    done("set", "example", "next_step.due=2021-02-08")
    done("rename", "example", "better", "-m", "Clearer")
    done("set", "better", "priority=P2")

    text = done("history", "better")

    assert "priority  P1 → P2" in text
    assert "was example" in text
    assert "next_step.due  2021-01-25 → 2021-02-08" in text
    assert "new issue “Example issue”" in text
    assert done("history", "example") == text
    assert "priority" not in done("history", "better", "--field", "next_step.due")


def test_history_of_what_is_gone(folder: Path) -> None:
    done("remove", "quebec", "-m", "Twice")

    assert "removed agency “Québec”" in done("history", "quebec")
    assert run(["history", "never-was"]).code == 1


def test_history_goes_into_merges(folder: Path) -> None:
    git(folder, "switch", "-q", "-c", "side")
    done("set", "example", "priority=P2", "-m", "On the side")
    git(folder, "switch", "-q", "main")
    done("set", "example", "priority=P3", "-m", "On main")
    with pytest.raises(Exception, match="merge"):
        git(folder, "merge", "-q", "side")
    file = folder / "issues" / "example.yaml"
    lines = [
        line
        for line in file.read_text().splitlines()
        if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>")
    ]
    text = "\n".join(lines).replace("priority: P3\npriority: P2", "priority: P4") + "\n"
    file.write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "Merge side")

    told = done("history", "example")

    assert "On the side" in told
    assert "On main" in told
    assert "merge" in told
    assert "priority  P3 → P4" in told
    found = run(["audit"])
    assert "a merge decided values itself" in found.out
    assert any("priority: P4" in line for line in done("blame", "example").splitlines())


def test_a_merge_that_decided_nothing_itself_is_no_change(folder: Path) -> None:
    git(folder, "switch", "-q", "-c", "side")
    done("set", "example", "priority=P2", "-m", "On the side")
    git(folder, "switch", "-q", "main")
    done("set", "new-issue", "priority=P3", "-m", "On main")
    git(folder, "merge", "-q", "--no-edit", "side")

    told = done("log")
    assert "On the side" in told
    assert "On main" in told
    assert "Merge" not in told
    assert "On the side" in done("history", "example")
    assert run(["audit"]).code in (0, 1)


def test_blame_names_the_commit_of_each_line(folder: Path) -> None:
    done("set", "example", "priority=P2", "-m", "Less urgent")
    done("rename", "example", "better")
    file = folder / "issues" / "better.yaml"
    file.write_text(file.read_text().replace("status: active", "status: blocked"))

    lines = done("blame", "better").splitlines()
    commits = git(folder, "log", "--format=%h", "--abbrev=7").split()

    by_text = {
        line.split(" 2021-01-18 ")[-1].split(" 20")[-1][-60:].strip(): line for line in lines
    }
    assert any(line.startswith(commits[1]) and "priority: P2" in line for line in by_text.values())
    assert any(
        line.startswith(commits[2]) and "title: Example" in line for line in by_text.values()
    )
    assert any(
        line.startswith("-------") and "status: blocked" in line for line in by_text.values()
    )
    assert any("Less urgent" in line for line in lines)


def test_blame_shows_nothing_from_outside_the_record(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("the secret\n")
    (folder / "issues" / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    commit_all(folder, "A link")

    assert "the secret" not in run(["blame", "link"]).out


def test_blame_agrees_with_git(folder: Path) -> None:
    for value in ("P2", "P3", "P4"):
        done("set", "example", f"priority={value}", f"tags+=t{value}")
        done("note", "example", f"note {value}")

    ours = [line.split()[0] for line in done("blame", "example").split("\n\n")[0].splitlines()]
    theirs = git(folder, "blame", "-s", "--abbrev=6", "--root", "issues/example.yaml").splitlines()

    assert ours == [line.split()[0].lstrip("^")[:7] for line in theirs]


def test_diff_in_words_between_moments(folder: Path) -> None:
    done("set", "example", "priority=P2")
    done("remove", "quebec", "-m", "Twice")

    assert "priority  P1 → P2" in done("diff", "HEAD~2")
    assert "removed agency “Québec”" in done("diff", "HEAD~1", "HEAD")
    assert "no difference" in done("diff")
    assert run(["diff", "--output=x"]).code == 2
    assert run(["diff", "nowhere"]).code == 2


def test_audit_finds_what_is_to_be_looked_at(folder: Path) -> None:
    person = folder / "people" / "example-officer.yaml"
    person.write_text(
        person.read_text() + "emails: [b@nao.example]\ntour: {start: 2020-01-01, end: 2021-06-30}\n"
    )
    done("commit")
    done("audit", "--anchor")
    forged = "x\n\nNacoord-Action: note\nNacoord-Record: example notes"
    file = folder / "issues" / "example.yaml"
    file.write_text(file.read_text().replace("P1", "P2"))
    commit_all(folder, forged)
    done("remove", "quebec", "-m", "Twice")

    found = run(["audit", "--json"])
    codes = [each["code"] for each in found.json["data"]["findings"]]

    assert found.code == 1
    assert set(codes) == {
        "unknown-author",
        "without-tool",
        "not-as-said",
        "outside-tour",
        "removed",
    }
    git(folder, "reset", "-q", "--hard", "HEAD~3")
    assert "rewritten" in run(["audit"]).out


def test_audit_checks_signatures(folder: Path, tmp_path: Path) -> None:
    import subprocess

    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signers = tmp_path / "signers"
    signers.write_text(f"b@nao.example {key.with_suffix('.pub').read_text()}")
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingkey", str(key)),
        ("commit.gpgsign", "true"),
    ):
        git(folder, "config", name, value)
    done("set", "example", "priority=P2")

    text = run(["audit", "--signers", str(signers)]).out

    assert text.count("signature") == 1
    assert "is not signed" in text


def test_no_history_is_said(tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(base)
    assert "no changes" in run(["log"]).out
    assert run(["history", "example"]).code == 1
    assert run(["set", "example", "priority=P2"]).code == 4


def test_the_read_ahead_tells_what_changed_since_the_last_contact(folder: Path) -> None:
    last = folder / "engagements" / "last-call.yaml"
    last.write_text("title: Last call\ntype: call\ndate: 2021-01-19\nwith: [sre]\n")
    file = folder / "issues" / "example.yaml"
    text = file.read_text()
    for day, priority in (("18", "P2"), ("19", "P3"), ("20", "P2"), ("21", "P4")):
        file.write_text(text.replace("priority: P1", f"priority: {priority}"))
        commit_all(folder, "By hand", on=f"2021-01-{day}T12:00:00-05:00", who="Z. Hand")
    said = ["--today", "2021-01-20", "agenda", "--for", "example-call"]

    shown = done(*said)

    assert "CHANGED SINCE 19 JAN" in shown
    assert "example: priority P3 → P2" in shown
    assert "example: priority P2 → P3" in shown, "of the day of the contact itself too"
    assert "→ P4" not in shown, "what is committed after today is not known yet"
    assert "P1 → P2" not in shown
    changes = run([*said, "--json"]).json["data"]["changes"]
    assert [each["on"] for each in changes] == ["2021-01-20", "2021-01-19"]
    assert "no day to tell changes from" in done("agenda", "--for", "texas")


def test_the_read_ahead_says_when_there_is_no_history(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (base / "engagements" / "last-call.yaml").write_text(
        "title: Last call\ntype: call\ndate: 2021-01-19\nwith: [sre]\n"
    )
    monkeypatch.chdir(base)
    words = ["--today", "2021-01-20", "agenda", "--for", "sre"]

    assert "There is no history" in done(*words)
    assert run([*words, "--json"]).json["data"]["changes"] is None
    git(base, "init", "-q")
    assert "There is no history" in done(*words), "nothing is committed yet"
    monkeypatch.setenv("PATH", "")
    found = run(words)
    assert found.code == 0
    assert "git is not installed" in found.err
