# What all launchers share; read by the shell, not run. Expects the root of the tree in $root.
#
# Starting should take as long as Java needs and no longer, so the usual path runs no other program:
# tests and loops below are the shell's own.

# More heap than jvm.options gives, such as 2g; empty for that.
heap=

say() { printf '%s\n' "$program: $*" >&2; }

die() {
  say "$@"
  exit 1
}

# Whether $1 is the home of a JDK 25: asks the file that every JDK has.
is_jdk25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while read -r line; do
    case $line in JAVA_VERSION=\"25*) return 0 ;; esac
  done <"$1/release"
  return 1
}

# Sets $jdk. The user's own choices come first, then the usual places.
find_jdk25() {
  for jdk in "${JAVA_HOME-}" "${JAVA25_HOME-}" "${JAVA_25_HOME-}"; do
    [ -n "$jdk" ] && is_jdk25 "$jdk" && return 0
  done
  for jdk in /usr/lib/jvm/* /opt/* /opt/java/* /usr/local/openjdk-25 \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    is_jdk25 "$jdk" && return 0
  done
  on_path=$(command -v java) && on_path=$(readlink -f "$on_path" 2>/dev/null) || on_path=
  jdk=${on_path%/bin/java}
  [ -n "$jdk" ] && is_jdk25 "$jdk" && return 0
  if [ -r "${HOME-}/.m2/toolchains.xml" ]; then
    while read -r line; do
      case $line in
      *'<jdkHome>'*)
        jdk=${line#*<jdkHome>}
        jdk=${jdk%%</jdkHome>*}
        is_jdk25 "$jdk" && return 0
        ;;
      esac
    done <"$HOME/.m2/toolchains.xml"
  fi
  die "needs a JDK 25 and found none. Looked at JAVA_HOME (${JAVA_HOME:-not set}), JAVA25_HOME, the usual
  folders (/usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks), java on the PATH (${on_path:-none}) and ~/.m2/toolchains.xml.
  Install one, from https://adoptium.net for instance, and set JAVA_HOME to its folder."
}

# Takes the lock named $1 (a folder with the owner's process id); fails if somebody else has it.
take_lock() {
  if mkdir "$1" 2>/dev/null; then
    echo $$ >"$1/pid"
    return 0
  fi
  owner=
  [ -r "$1/pid" ] && read -r owner <"$1/pid"
  if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
    rm -rf "$1" # its owner died
    take_lock "$1"
    return
  fi
  return 1
}

# Sets $why to the reason for which the jars of the modules $@ do not hold what the sources do; fails if they do.
needs_build() {
  for module in "$@"; do
    why="first start"
    [ -f "$root/target/lib/$module.jar" ] || return 0
    [ -d "$root/$module/src/main" ] || continue
    why=$(find "$root/$module/src/main" "$root/$module/pom.xml" -newer "$root/target/lib/$module.jar" -print -quit)
    [ -z "$why" ] || { why="${why#"$root"/} is newer than the jars" && return 0; }
  done
  return 1
}

# Builds what $program needs if it is not there. What is there but older than the sources is started, with
# a line that says so: servers that run would lose their jars. HASHSLOT_BUILD=yes builds then, no says nothing.
built() {
  if [ "${HASHSLOT_BUILD-}" = no ] && [ -f "$root/target/lib/$program.jar" ]; then return; fi
  needs_build cluster-bus "$program" || return 0
  if [ -f "$root/target/lib/$program.jar" ] && [ "${HASHSLOT_BUILD-}" != yes ]; then
    say "$why, which are started as they are; to build them first, stop what runs from them and set HASHSLOT_BUILD=yes"
  else
    build cluster-bus cluster-node cluster-cli
  fi
}

# Builds the jars of the modules $@ of a checkout, once; others who come meanwhile wait.
build() {
  [ -f "$root/pom.xml" ] || die "$root/target/lib/$program.jar is missing, and this is no checkout to build it from."
  command -v mvn >/dev/null || die "the first start builds the program, which needs Maven 3.8 or later (mvn) on the PATH."
  mkdir -p "$root/target" || exit 1
  until take_lock "$root/target/build.lock"; do
    [ -n "${waited-}" ] || say "somebody else builds; waiting ..."
    waited=yes
    sleep 1
  done
  trap 'rm -rf "$root/target/build.lock"' EXIT
  trap 'exit 130' INT TERM
  if needs_build "$@"; then
    say "$why: building (about a minute; Maven loads what it needs) ..."
    # Maven may run on any Java from 17; it is given ours only where there is no other.
    [ -n "${JAVA_HOME-}" ] || command -v java >/dev/null || export JAVA_HOME="$jdk"
    if ! (cd "$root" && exec mvn -B -ntp -Dstyle.color=never -Dquick -DskipTests -pl "$(IFS=, && echo "$*")" -am package) \
      </dev/null >"$root/target/build.log" 2>&1; then
      tail -n 40 "$root/target/build.log" >&2
      die "the build failed; see above and target/build.log. To build by hand: mvn -DskipTests package"
    fi
    # Maven leaves a jar as it is whose classes have not changed.
    for part in "$@"; do
      ! needs_build "$part" || touch "$root/target/lib/$part.jar"
    done
  fi
  rm -rf "$root/target/build.lock"
  trap - EXIT INT TERM
}

# Sets $aot to the cache of loaded and linked classes that Java starts faster with, or to nothing.
# It is made once, by a trial run; it is made again when a jar or the flags are newer.
find_aot() {
  aot=$root/target/aot/$program.aot
  [ "${HASHSLOT_AOT-on}" = on ] || { aot= && return; }
  fresh "$aot" && return
  if fresh "$aot.failed" || [ ! -w "$root/target" ]; then
    aot=
    return
  fi
  mkdir -p "$root/target/aot"
  if take_lock "$root/target/aot/lock"; then
    say "preparing faster starts (once, a few seconds) ..."
    "$root/bin/train" "$jdk" >"$root/target/aot/train.log" 2>&1 ||
      say "that failed, so starts stay slower; see target/aot/train.log"
    rm -rf "$root/target/aot/lock"
  fi
  fresh "$aot" || aot=
}

# Whether the file is there and no jar and no flag is newer.
fresh() {
  [ -f "$1" ] && [ ! "$root/bin/jvm.options" -nt "$1" ] || return 1
  for jar in "$root"/target/lib/cluster-*.jar; do
    [ "$jar" -nt "$1" ] && return 1
  done
  return 0
}

# Becomes the Java program: launch MAIN-CLASS ARGUMENT ... With $detach=yes it runs in the background and
# apart from this terminal, as a daemon does, and the launcher is done.
launch() {
  main=$1
  shift
  find_jdk25
  built
  find_aot
  # A cache that does not fit is only a slower start, which is no news for the user: hence the log flags.
  set -- "@$root/bin/jvm.options" ${heap:+"-Xmx$heap"} ${heap:+-Xms256m} ${heap:+-Xmn64m} ${aot:+"-XX:AOTCache=$aot"} -Xlog:disable -Xlog:all=error:stderr \
    -cp "$root/target/lib/$program.jar" "$main" "$@"
  [ "${detach-}" = yes ] || exec "$jdk/bin/java" "$@"
  (
    trap '' HUP
    "$jdk/bin/java" "$@" </dev/null >/dev/null 2>&1 &
  )
}
