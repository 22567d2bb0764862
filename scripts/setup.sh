#!/bin/sh
# Makes this folder ready to run: a virtual environment in .venv with the locked packages, and the system parts.
#
#   scripts/setup.sh            do what is missing (well under a second when nothing is)
#   scripts/setup.sh --force    check and install everything again
#   scripts/setup.sh --browser  install Chromium, for the tests of the report alone
#   BCP_NO_SYSTEM=1             leave the system parts alone, only name what is missing
#
# It never asks a question. Where it may not install a system part, it prints the command and goes on: the pipeline
# says by itself what it could not do without that part.
set -eu
cd "$(dirname "$0")/.."

VENV=.venv
STAMPS=.stamps
MIN_MINOR=11
# Debian and Ubuntu names, then Homebrew's. pipeline/doctor.py says what each is for.
APT_PARTS="tesseract-ocr tesseract-ocr-tha libreoffice-writer-nogui libarchive13"
BREW_PARTS="tesseract tesseract-lang"

force=0
[ "${1:-}" = "--force" ] && force=1

say() { printf '\n» %s\n  %s\n' "$1" "$2" >&2; }

# ---------------------------------------------------------------------------------------------------- may we install?
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
may_be_root() {
    [ "$(id -u)" -eq 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }
}
apt_updated=0
apt_install() { # apt_install PACKAGE...: true when installed
    command -v apt-get >/dev/null 2>&1 && may_be_root && [ -z "${BCP_NO_SYSTEM:-}" ] || return 1
    log=$(mktemp)
    if [ "$apt_updated" -eq 0 ]; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >"$log" 2>&1 || true
        apt_updated=1
    fi
    if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1
    then rm -f "$log"; return 0; fi
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
}

# ------------------------------------------------------------------------------------------------------------ Python
is_good_python() {
    "$1" -c "import sys; sys.exit(sys.version_info < (3, $MIN_MINOR))" >/dev/null 2>&1
}
find_python() {
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
        if command -v "$name" >/dev/null 2>&1 && is_good_python "$name"; then command -v "$name"; return 0; fi
    done
    return 1
}
make_venv() { # make_venv PYTHON
    if command -v uv >/dev/null 2>&1 && uv venv --quiet --clear --python "$1" "$VENV" 2>/dev/null; then return 0; fi
    rm -rf "$VENV"
    "$1" -m venv "$VENV" >/dev/null 2>&1 && return 0
    rm -rf "$VENV"
    # Debian keeps the venv module in a package of its own, named after the Python version
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if apt_install "python$version-venv" || apt_install python3-venv; then "$1" -m venv "$VENV" && return 0; fi
    say "สร้างสภาพแวดล้อม Python ไม่ได้ กรุณาสั่ง:  sudo apt-get install -y python3-venv  แล้วสั่งซ้ำ" \
        "Cannot make a virtual environment. Run:  sudo apt-get install -y python3-venv  and then the same command again"
    exit 3
}
install_packages() {
    if command -v uv >/dev/null 2>&1; then
        uv pip install --quiet --python "$VENV/bin/python" --require-hashes -r requirements.lock &&
            uv pip install --quiet --python "$VENV/bin/python" --no-deps -e . && return 0
    fi
    "$VENV/bin/python" -m pip --version >/dev/null 2>&1 || "$VENV/bin/python" -m ensurepip >/dev/null
    "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock &&
        "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e .
}
setup_python() {
    wanted="$(cat requirements.lock pyproject.toml | cksum) $(pwd)"
    if [ "$force" -eq 0 ] && [ -x "$VENV/bin/bcp" ] && [ "$(cat "$VENV/.installed" 2>/dev/null)" = "$wanted" ] &&
        is_good_python "$VENV/bin/python"; then return 0; fi
    if ! { [ -x "$VENV/bin/python" ] && is_good_python "$VENV/bin/python"; }; then
        if ! python=$(find_python); then
            say "ไม่พบ Python 3.$MIN_MINOR ขึ้นไป กรุณาสั่ง:  sudo apt-get install -y python3 python3-venv  (macOS: brew install python)" \
                "No Python 3.$MIN_MINOR or later. Run:  sudo apt-get install -y python3 python3-venv  (macOS: brew install python)"
            exit 3
        fi
        say "สร้างสภาพแวดล้อม Python ใน $VENV" "Creating the Python environment in $VENV with $python"
        make_venv "$python"
    fi
    say "ติดตั้งแพ็กเกจ Python ตาม requirements.lock (ครั้งแรกใช้เวลาราว 1–3 นาที)" \
        "Installing the Python packages of requirements.lock (about 1 to 3 minutes the first time)"
    if ! install_packages; then
        say "ติดตั้งแพ็กเกจไม่สำเร็จ กรุณาตรวจสอบอินเทอร์เน็ต แล้วสั่ง:  make setup" \
            "The packages could not be installed. Check the network, then run:  make setup"
        exit 3
    fi
    printf '%s\n' "$wanted" >"$VENV/.installed"
}

# ------------------------------------------------------------------------------------------------------ system parts
missing_apt() {
    for part in $APT_PARTS; do
        # newer releases call a library libarchive13t64, which answers to the old name when it is asked for
        case "$(dpkg-query -W -f='${Status}\n' "$part" "${part}t64" 2>/dev/null)" in
            *" installed"*) ;;
            *) printf '%s ' "$part" ;;
        esac
    done
}
missing_brew() {
    for part in $BREW_PARTS; do [ -d "$(brew --prefix)/opt/$part" ] || printf '%s ' "$part"; done
}
print_command() { # print_command COMMAND
    say "ยังขาดส่วนของระบบ งานที่ต้องใช้จะถูกข้ามและระบุไว้ในผลลัพธ์ ติดตั้งด้วยคำสั่ง:  $1" \
        "System parts are missing; what needs them is left out and the data say so. To install them:  $1"
}
setup_system() {
    if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
        missing=$(missing_apt)
        [ -z "$missing" ] && return 0
        command="sudo apt-get update && sudo apt-get install -y --no-install-recommends $missing"
        # a failed try (no network) is not repeated at each run; `make setup` tries again
        if [ "$force" -eq 0 ] && [ "$(cat "$STAMPS/system-tried" 2>/dev/null)" = "$missing" ]; then
            print_command "$command"; return 0
        fi
        if may_be_root && [ -z "${BCP_NO_SYSTEM:-}" ]; then
            say "ติดตั้งส่วนของระบบ: $missing" "Installing system parts: $missing"
            # shellcheck disable=SC2086  # the list is words on purpose
            apt_install $missing && return 0
            mkdir -p "$STAMPS" && printf '%s\n' "$missing" >"$STAMPS/system-tried"
        fi
        print_command "$command"
    elif command -v brew >/dev/null 2>&1; then
        missing=$(missing_brew)
        [ -z "$missing" ] && return 0
        if [ -z "${BCP_NO_SYSTEM:-}" ]; then
            say "ติดตั้งส่วนของระบบ: $missing" "Installing system parts: $missing"
            # shellcheck disable=SC2086
            brew install --quiet $missing >&2 && return 0
        fi
        print_command "brew install $missing"
    elif [ ! -e "$STAMPS/system-said" ]; then
        mkdir -p "$STAMPS" && : >"$STAMPS/system-said"
        print_command "(Tesseract 5, languages tha and eng, from your system's packages)"
    fi
}

# ----------------------------------------------------------------------------------------------------------- browser
has_browser() { # Ubuntu's packages of that name only fetch a snap, so Playwright's own Chromium counts as well
    for name in chromium chromium-browser google-chrome; do command -v "$name" >/dev/null 2>&1 && return 0; done
    "$VENV/bin/python" - <<'CHECK' 2>/dev/null
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
CHECK
}
setup_browser() {
    has_browser && return 0
    if grep -qs '^ID=debian' /etc/os-release && apt_install chromium; then return 0; fi
    [ -z "${BCP_NO_SYSTEM:-}" ] && "$VENV/bin/playwright" install chromium >/dev/null 2>&1 && return 0
    say "ติดตั้ง Chromium ไม่ได้ การทดสอบรายงานในเบราว์เซอร์จะถูกข้าม ติดตั้งด้วยคำสั่ง:  sudo apt-get install -y chromium" \
        "Chromium could not be installed; the report's browser tests will be skipped. To install it:  sudo apt-get install -y chromium"
}

setup_python
if [ "${1:-}" = "--browser" ]; then setup_browser; else setup_system; fi
