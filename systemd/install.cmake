# What 'cmake --install' puts where. Paths that depend on the prefix are settled when it runs, so
# that 'cmake --install build --prefix /usr' is right whatever the build was configured with.
install(TARGETS feedd RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES ${PROJECT_SOURCE_DIR}/docs/feedd.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PROJECT_SOURCE_DIR}/docs/releases.atom DESTINATION ${CMAKE_INSTALL_DATADIR}/feedd)
file(GLOB documents CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/*.md ${PROJECT_SOURCE_DIR}/docs/*.md)
install(FILES ${documents} DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(CODE "
  set(FEEDD_SOURCE_DIR \"${PROJECT_SOURCE_DIR}\")
  set(FEEDD_BINDIR \"${CMAKE_INSTALL_BINDIR}\")
  set(FEEDD_DATADIR \"${CMAKE_INSTALL_DATADIR}\")
")
install(SCRIPT ${CMAKE_CURRENT_LIST_DIR}/place.cmake)
