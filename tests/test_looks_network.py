"""Looks at requests: what cannot be told first, then whether a proxy was in between and which port was asked."""

from __future__ import annotations

import pytest
from looking import evidence_at, look

from assistant.looks import network

ASK = "- name: Ask\n  uri:\n    url: https://api.example.org/health\n"
GET = "- name: Ask\n  get_url: {{url: {url}, dest: /tmp/x}}\n"
URL = {"url": "https://api.example.org/health"}


def play(environment="", task=ASK):
    body = "".join(f"    {line}\n" for line in task.splitlines())
    return f"- hosts: app\n{environment}  tasks:\n{body}"


def under(environment, task=ASK, **result):
    return look("through_proxy", play(f"  environment: {environment}\n", task), "Ask", result={**URL, **result})


def test_what_cannot_be_told_is_unknown():
    assert look("through_proxy", result=URL) == "unknown"
    assert look("through_proxy", ASK, "Ask", result=URL) == "unknown"  # tasks alone: the play may set a proxy
    assert under('"{{ proxies }}"') == "unknown"
    assert under('{https_proxy: "http://proxy:3128", no_proxy: "{{ inside }}"}') == "unknown"
    assert look("port_of_url") == look("port_of_url", result={"url": "file:///tmp/x"}) == "unknown"
    assert look("port_of_url", GET.format(url='"{{ where }}"'), "Ask") == "unknown"


@pytest.mark.parametrize(
    ("environment", "answer"),
    [
        ("{https_proxy: http://proxy:3128}", "yes"),
        ("{HTTPS_PROXY: http://proxy:3128}", "yes"),
        ('{https_proxy: "{{ proxy }}"}', "yes"),
        ("{http_proxy: http://proxy:3128}", "not by the play"),
        ('{https_proxy: ""}', "no"),
        ("{https_proxy: http://proxy:3128, no_proxy: 'localhost,.example.org'}", "no"),
        ("{https_proxy: http://proxy:3128, no_proxy: 'localhost,ample.org'}", "yes"),
        ("{https_proxy: http://proxy:3128, no_proxy: '*'}", "no"),
        ("{PATH: /opt/bin}", "not by the play"),
    ],
)
def test_a_proxy_counts_for_its_scheme_and_for_what_is_not_spared(environment, answer):
    assert under(environment) == answer


def test_a_task_may_go_without_its_proxy():
    assert under("{https_proxy: http://proxy:3128}", ASK + "    use_proxy: false\n") == "no"
    assert look("through_proxy", play(), "Ask", result=URL) == "not by the play"


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("http://api.example.org/", "usual"),
        ("http://api.example.org:80/", "usual"),
        ("https://api.example.org:443", "usual"),
        ("https://api.example.org:80/", "own"),
        ("http://10.20.0.31:8500/v1", "own"),
        ("http://ci:secret@10.20.0.31:8500/v1", "own"),
        ("http://[2001:db8::1]:9200/", "own"),
    ],
)
def test_the_port_that_was_asked(url, answer):
    assert look("port_of_url", result={"url": url}) == answer
    assert look("port_of_url", GET.format(url=f'"{url}"'), "Ask") == answer


def held(text, hints=None, **result):
    return dict(network.holes(evidence_at(text, "Ask", hints, result=result)))


def test_what_a_fix_may_write():
    assert (
        held(ASK, status=500)["status_option"]
        == held(GET.format(url="http://x/"), status_code=204)["status_option"]
        == ""
    )
    assert held(ASK, status=201)["status_option"] == "status_code"
    assert held(ASK, status=201)["statuses"] == "200,201"
    assert held(ASK, status=404)["statuses"] == ""
    clone = "- name: Ask\n  git: {repo: 'git@example.net:shop.git', dest: /srv/shop}\n"
    assert held(ASK)["host_key_option"] == ""
    assert held(clone)["host_key_option"] == held(clone, {"at_most": "2.11"})["host_key_option"] == "accept_hostkey"
    assert held(clone, {"at_least": "2.19"})["host_key_option"] == "accept_newhostkey"


def test_the_address_in_its_parts():
    parts = held(ASK, status=404, **URL)
    assert (parts["url_host"], parts["url_port"], parts["status"]) == ("api.example.org", "443", "404")
    assert held(ASK, status=-1, **URL)["status"] == ""
