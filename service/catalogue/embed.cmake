# Embeds a file as an array:
# cmake -DIN=file -DOUT=header -DNAME=constant -DSPACE=namespace -P embed.cmake
file(READ ${IN} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "static_cast<char>(0x\\1)," bytes "${bytes}")
file(WRITE ${OUT} "#pragma once\nnamespace ${SPACE} {\ninline constexpr char ${NAME}[] = {${bytes}};\n}  // namespace ${SPACE}\n")
