#include "base/base64.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

TEST(Base64, IsThatOfTheStandard) {  // RFC 4648 §10
    const std::pair<const char*, const char*> rows[] = {{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"},
                                                        {"\xFB\xFF", "+/8="}};
    for (const auto& [bytes, text] : rows) {
        EXPECT_EQ(encode_base64(bytes), text);
        EXPECT_EQ(decode_base64(text), bytes) << text;
    }
}

TEST(Base64, IsReadAsFeedsWriteIt) {
    EXPECT_EQ(decode_base64(" Zm9v\n YmFy "), "foobar");
    EXPECT_EQ(decode_base64("Zg"), "f") << "without padding";
    EXPECT_EQ(decode_base64("-_8"), "\xFB\xFF") << "as in URLs";
    EXPECT_EQ(decode_base64("Zm9v!"), std::nullopt);
}

}  // namespace
}  // namespace feedd
