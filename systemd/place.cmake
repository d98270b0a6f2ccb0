# Runs at installation: the unit and the feed list, with the paths of this prefix in them.

# Absolute, as the installed program will see it.
function(feedd_absolute variable path)
  cmake_path(ABSOLUTE_PATH path BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" NORMALIZE)
  set(${variable} "${path}" PARENT_SCOPE)
endfunction()

feedd_absolute(FEEDD_BINDIR "${FEEDD_BINDIR}")
feedd_absolute(FEEDD_DATADIR "${FEEDD_DATADIR}")
if(CMAKE_INSTALL_PREFIX MATCHES "^/usr(/local)?/?$")
  set(feedd_system_wide TRUE)
  set(FEEDD_CONFDIR /etc/feedd)  # where feedd looks for it
else()
  set(feedd_system_wide FALSE)
  feedd_absolute(FEEDD_CONFDIR etc/feedd)
endif()

feedd_absolute(users lib/sysusers.d/feedd.conf)
message(STATUS "Installing: $ENV{DESTDIR}${users}")
configure_file("${FEEDD_SOURCE_DIR}/systemd/feedd.sysusers" "$ENV{DESTDIR}${users}" COPYONLY
               FILE_PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
# Into a system, not into the staging directory of a package: there the package's scripts do it.
if(feedd_system_wide AND EXISTS "$ENV{DESTDIR}/etc/passwd")
  find_program(sysusers systemd-sysusers)
  if(sysusers)
    execute_process(COMMAND ${sysusers} "--root=$ENV{DESTDIR}/" feedd.conf RESULT_VARIABLE failed)
  endif()
  if(NOT sysusers OR failed)
    message(WARNING "The user feedd could not be made: the service needs it (systemd-sysusers)")
  endif()
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
  if(feedd_system_wide)  # so that 'feedd articles' of any user finds the store of the service
    string(REPLACE "\ndefaults:" "\nstore: /var/lib/feedd/feedd.db\n\ndefaults:" text "${text}")
  endif()
  file(WRITE "${list}" "${text}")
  file(CHMOD "${list}" PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
endif()
