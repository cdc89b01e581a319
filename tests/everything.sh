# What `./run test` and `./run bench` do, read by ./run. Each step says how it went; all run even if one fails.
# shellcheck shell=sh

run_everything() {
    STRICT=${CI:-false}
    if [ "${1:-}" = --strict ]; then STRICT=true; fi
    WORK=$(mktemp -d)
    BEGAN=$(date +%s)
    trap clean_up EXIT
    trap 'exit 130' INT TERM
    cd "$HERE" || exit
    unset EMBRACE_DEMO EMBRACE_DATABASE

    ensure_pango
    step "code: ruff check" "$PYTHON" -m ruff check .
    step "code: ruff format" "$PYTHON" -m ruff format --check .
    step "templates: djade" check_templates
    step "migrations: none missing" manage makemigrations --check --dry-run
    step "settings: check --deploy" check_deployed
    step "tests on SQLite" run_pytest -m "not browser"
    if find_postgresql; then
        step "tests on PostgreSQL" run_pytest_on_postgresql -m "not browser"
    else
        skip "tests on PostgreSQL" "no PostgreSQL"
    fi
    if can_browse || install chromium libatomic1 && can_browse; then
        step "tests in the browser" run_pytest -m browser
    else
        skip "tests in the browser" "no Chromium"
    fi
    conclude
}

clean_up() {
    stop_postgresql
    rm -rf "$WORK"
}

run_bench() {
    WORK=$(mktemp -d)
    trap clean_up EXIT
    trap 'exit 130' INT TERM
    if find_postgresql; then
        set -- --postgresql "${POSTGRESQL%/*}" "$@"
    else
        warn "No PostgreSQL: measured on SQLite alone."
    fi
    cd "$HERE" && "$PYTHON" -m tests.bench "$@"
}

# --- Steps and how they went -------------------------------------------------------------------

step() {
    name=$1 began=$(date +%s)
    shift
    say "" "--- $name"
    {
        if "$@"; then echo passed >"$WORK/outcome"; else echo FAILED >"$WORK/outcome"; fi
    } 2>&1 | tee "$WORK/output"
    outcome=$(cat "$WORK/outcome")
    note "$outcome" "$name"
    grep '^=.* in [0-9.]*s' "$WORK/output" >"$WORK/count" || true
    if [ "$outcome" = FAILED ] && ! grep -q -e failed -e error "$WORK/count"; then
        echo "= 1 failed" >>"$WORK/count"
    fi
    cat "$WORK/count" >>"$WORK/counts"
}

skip() {
    began=$(date +%s)
    warn "$1: SKIPPED, $2."
    note SKIPPED "$1"
    echo "= 1 skipped" >>"$WORK/counts"
}

note() { printf '%-8s %4ds  %s\n' "$1" "$(($(date +%s) - began))" "$2" >>"$WORK/summary"; }

# counted WORD: the sum of what each pytest run said of it.
counted() {
    awk -v word="^$1s?,?\$" '
        { for (i = 2; i <= NF; i++) if ($i ~ word) sum += $(i - 1) }
        END { print sum + 0 }' "$WORK/counts"
}

conclude() {
    passed=$(counted passed) skipped=$(counted skipped)
    failed=$(($(counted failed) + $(counted error)))
    say "" "$(cat "$WORK/summary")" ""
    say "===== $failed failed, $passed passed, $skipped skipped in $(($(date +%s) - BEGAN)).00s ====="
    if [ "$STRICT" = true ] && [ "$skipped" != 0 ]; then stop "Nothing may be skipped here."; fi
    [ "$failed" = 0 ]
}

# --- What the steps do -------------------------------------------------------------------------

check_templates() {
    find templates -name '*.html' -exec .venv/bin/djade --check --target-version 5.2 {} +
}

check_deployed() {
    EMBRACE_SITE_URL=https://embrace.example EMBRACE_HOSTS=embrace.example EMBRACE_PROXIES=1 \
        EMBRACE_DATABASE=postgres://embrace@database.example/embrace \
        EMBRACE_CACHE=redis://cache.example EMBRACE_EMAIL=smtp+tls://mail.example:587 \
        manage check --deploy --fail-level WARNING
}

run_pytest() { "$PYTHON" -m pytest -n auto --maxprocesses 4 --color=no -r fEs "$@"; }

run_pytest_on_postgresql() { EMBRACE_DATABASE=$POSTGRESQL run_pytest "$@"; }

has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null

# The program that steers Chromium needs libatomic, which a bare Debian lacks.
can_browse() {
    has_chromium && "$PYTHON" -c 'from ctypes import CDLL; CDLL("libatomic.so.1")' 2>/dev/null
}

# --- A PostgreSQL to test on -------------------------------------------------------------------

find_postgresql() {
    POSTGRESQL=postgres://postgres@127.0.0.1:5432/embrace
    answers "$POSTGRESQL" && return
    POSTGRESQL_BIN=$(postgresql_programs)
    if [ -z "$POSTGRESQL_BIN" ]; then
        install postgresql || return 1
        POSTGRESQL_BIN=$(postgresql_programs)
    fi
    start_postgresql
}

answers() {
    "$PYTHON" -c "import psycopg; psycopg.connect('${1%/*}/postgres', connect_timeout=3)" 2>/dev/null
}

postgresql_programs() {
    for initdb in "$(command -v initdb || true)" /usr/lib/postgresql/*/bin/initdb; do
        if [ -x "$initdb" ]; then dirname "$initdb"; fi
    done | tail -n 1
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# A cluster of our own, gone afterwards. Its data is worth nothing, so it need not be synced.
start_postgresql() {
    CLUSTER=$(mktemp -d)
    if [ "$(id -u)" = 0 ]; then chown postgres "$CLUSTER"; fi
    port=$("$PYTHON" -c "import socket; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1])")
    POSTGRESQL=postgres://postgres@127.0.0.1:$port/embrace
    as_postgres "$POSTGRESQL_BIN/initdb" -D "$CLUSTER/data" -U postgres -A trust -E UTF8 \
        --locale=C.UTF-8 --no-sync >"$WORK/postgresql.log" 2>&1 &&
        as_postgres "$POSTGRESQL_BIN/pg_ctl" start -s -w -D "$CLUSTER/data" -l "$CLUSTER/log" \
            -o "-p $port -k $CLUSTER -c listen_addresses=127.0.0.1 -c fsync=off" &&
        answers "$POSTGRESQL" && return
    cat "$WORK/postgresql.log" "$CLUSTER/log" >&2
    return 1
}

stop_postgresql() {
    if [ -z "${CLUSTER:-}" ]; then return; fi
    as_postgres "$POSTGRESQL_BIN/pg_ctl" stop -s -m immediate -D "$CLUSTER/data" || true
    rm -rf "$CLUSTER"
}
