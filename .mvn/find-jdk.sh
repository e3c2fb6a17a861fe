# Finds a JDK 25 or newer and exports it as JAVA_HOME. Sourced by ./mvnw and ./run.
# Looks at JAVA_HOME, at java on the PATH, then at the usual places of Linux, macOS and the common installers.

FOLDSTREAM_JDK_FLOOR=25

foldstream_jdk_feature() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

foldstream_jdk_serves() {
  foldstream_feature=$(foldstream_jdk_feature "$1") && [ -n "$foldstream_feature" ] \
    && [ "$foldstream_feature" -ge "$FOLDSTREAM_JDK_FLOOR" ]
}

foldstream_find_jdk() {
  if [ -n "${JAVA_HOME-}" ] && foldstream_jdk_serves "$JAVA_HOME"; then
    printf '%s\n' "$JAVA_HOME"
    return 0
  fi
  if foldstream_java=$(command -v java 2>/dev/null); then
    while [ -h "$foldstream_java" ]; do
      foldstream_link=$(readlink "$foldstream_java")
      case $foldstream_link in
        /*) foldstream_java=$foldstream_link ;;
        *) foldstream_java=$(dirname "$foldstream_java")/$foldstream_link ;;
      esac
    done
    foldstream_home=$(dirname "$(dirname "$foldstream_java")")
    if foldstream_jdk_serves "$foldstream_home"; then
      printf '%s\n' "$foldstream_home"
      return 0
    fi
  fi
  set +f
  for foldstream_home in \
    /usr/lib/jvm/* /usr/java/* /usr/local/openjdk-* /opt/java/* /opt/jdk* /opt/*jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.local/share/mise/installs/java/* \
    "${HOME-}"/.asdf/installs/java/* \
    "/c/Program Files/Java"/* "/c/Program Files/Eclipse Adoptium"/*; do
    if foldstream_jdk_serves "$foldstream_home"; then
      printf '%s\n' "$foldstream_home"
      return 0
    fi
  done
  return 1
}

if ! JAVA_HOME=$(foldstream_find_jdk); then
  echo "Foldstream needs a JDK ${FOLDSTREAM_JDK_FLOOR} or newer and found none: install one (for example Eclipse Temurin ${FOLDSTREAM_JDK_FLOOR}) or point JAVA_HOME at it." >&2
  exit 1
fi
export JAVA_HOME
