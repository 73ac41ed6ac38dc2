from tests.browser.test_editing import *
def test_dbg(as_leader, at_work):
    as_leader.on("console", lambda m: print("CON", m.type, m.text))
    as_leader.on("pageerror", lambda m: print("PERR", m))
    as_leader.on("requestfailed", lambda r: print("FAIL", r.url, r.failure))
    as_leader.on("response", lambda r: print(r.status, r.url) if ".js" in r.url or "editor" in r.url else None)
    r=as_leader.goto(edit_url(at_work.schools.text)); print(r.headers["content-security-policy"])
    as_leader.wait_for_timeout(3000)
    print(as_leader.evaluate("document.head.outerHTML")[-900:]); print(as_leader.content()[-1500:])
