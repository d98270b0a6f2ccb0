# Writes daemon/normalize/tracking_parameters.txt into a C++ source, as it is.
file(READ ${FILE} text)
# A string literal has a length limit in some compilers; adjacent ones are joined.
string(REPLACE "\n\n" "\n)txt\"\n    R\"txt(\n" text "${text}")
set(source "#include \"normalize/tracking_parameters.h\"\n\nnamespace feedd {\n\n")
string(APPEND source "const char* const kTrackingParametersFile =\n    R\"txt(${text})txt\";\n\n")
string(APPEND source "}  // namespace feedd\n")
file(WRITE ${OUT} "${source}")
