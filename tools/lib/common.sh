# Shared by tools/demo, tools/test, tools/check and tools/bench. Sourced, not run.
set -euo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

say() { printf '\n== %s\n' "$*"; }

fail() { printf '错误 / error: %s\n' "$*" >&2; exit 1; }

# list_packages GROUP...: the Debian packages of these groups.
list_packages() {
  local group
  for group in "$@"; do
    sed -n "s/^$group \\([a-z0-9.+-]*\\)\$/\\1/p" tools/lib/packages.txt
  done | sort -u
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "需要管理员权限安装软件包,请以 root 运行或先安装 sudo / root is needed to install: $*"
  fi
}

# install_packages GROUP...: installs what is missing; nothing to do is silent and needs no root.
install_packages() {
  local missing=() package
  for package in $(list_packages "$@"); do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q '^install ok installed$' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null ||
    fail "本脚本只支持 Debian 12,请自行安装 / only Debian 12 is supported; install: ${missing[*]}"
  say "安装 ${#missing[@]} 个软件包 / installing: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >build/install.log 2>&1 ||
    { tail -n 20 build/install.log >&2; fail "软件包安装失败,见 build/install.log / install failed"; }
}

# build_preset PRESET [TARGET...]
build_preset() {
  local preset=$1
  shift
  say "构建 / building: $preset"
  cmake --preset "$preset" >"build/configure-$preset.log" 2>&1 ||
    { tail -n 30 "build/configure-$preset.log" >&2; fail "配置失败 / cmake failed: $preset"; }
  ninja -C "build/$preset" "$@"
}

mkdir -p build
