# Runs at installation: the unit and the feed list, with the paths of this prefix in them.

# Absolute, as the installed program will see it.
function(feedd_absolute variable path)
  cmake_path(ABSOLUTE_PATH path BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" NORMALIZE)
  set(${variable} "${path}" PARENT_SCOPE)
endfunction()

feedd_absolute(FEEDD_BINDIR "${FEEDD_BINDIR}")
feedd_absolute(FEEDD_DATADIR "${FEEDD_DATADIR}")
if(CMAKE_INSTALL_PREFIX MATCHES "^/usr(/local)?/?$")
  set(FEEDD_CONFDIR /etc/feedd)  # where feedd looks for it
else()
  feedd_absolute(FEEDD_CONFDIR etc/feedd)
endif()

feedd_absolute(unit lib/systemd/system/feedd.service)
message(STATUS "Installing: $ENV{DESTDIR}${unit}")
configure_file("${FEEDD_SOURCE_DIR}/systemd/feedd.service.in" "$ENV{DESTDIR}${unit}" @ONLY
               FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)

# The list belongs to whoever runs the daemon: it is never overwritten.
set(list "$ENV{DESTDIR}${FEEDD_CONFDIR}/feeds.yaml")
if(EXISTS "${list}")
  message(STATUS "Keeping: ${list}")
else()
  message(STATUS "Installing: ${list}")
  file(READ "${FEEDD_SOURCE_DIR}/feeds.yaml" text)
  string(REPLACE "file:docs/releases.atom" "file:${FEEDD_DATADIR}/feedd/releases.atom" text "${text}")
  string(REPLACE "docs/configuration.md" "configuration.md in the documentation" text "${text}")
  file(WRITE "${list}" "${text}")
  file(CHMOD "${list}" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endif()
