#include "service/connect/json_guard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "echo.pb.h"
#include "service/connect/json_form.h"
#include "service/domain/error_detail.h"

namespace kirikae::connect {
namespace {

std::string Nested(size_t levels, const std::string& open, const std::string& close) {
  std::string text;
  for (size_t i = 0; i < levels; ++i) text += open;
  for (size_t i = 0; i < levels; ++i) text += close;
  return text;
}

// The reason of the refusal; "" = taken.
std::string Refusal(const std::string& json) {
  const absl::Status status = CheckJson(json, *echo::EchoRequest::descriptor());
  if (status.ok()) return "";
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument) << status;
  return domain::DetailOf(status)->reason;
}

TEST(JsonGuard, TakesJsonByItsStandardAlone) {
  struct Case {
    std::string json;
    std::string reason;
  };
  using namespace std::string_literals;
  const std::vector<Case> cases = {
      {R"({})", ""},
      {R"({"text": "端末", "answers": -1.5e3, "wait": true, "any": null})", ""},
      {R"({"text": "\u7aef\ud83d\ude00\u0000"})", ""},
      {"\n\t {} \r\n", ""},
      {"", "NOT_JSON"},
      {"{", "NOT_JSON"},
      {R"({"text": "a"}})", "NOT_JSON"},
      {R"({} {})", "NOT_JSON"},
      {R"({'text': 'a'})", "NOT_JSON"},
      {R"({text: "a"})", "NOT_JSON"},
      {R"({"items": [{},]})", "NOT_JSON"},
      {R"({"text": "a",})", "NOT_JSON"},
      {R"({"answers": 01})", "NOT_JSON"},
      {R"({"answers": +1})", "NOT_JSON"},
      {R"({"answers": .5})", "NOT_JSON"},
      {R"({"answers": NaN})", "NOT_JSON"},
      {R"({"wait": True})", "NOT_JSON"},
      {"{\"text\": \"a\nb\"}", "NOT_JSON"},
      {"{} // a", "NOT_JSON"},
      {"{}\0"s, "NOT_JSON"},
      {"{\"text\": \"\0\"}"s, "NOT_JSON"},
      {"{\"text\": \"\x83\x5c\"}", "NOT_JSON"},
      {"{\"text\": \"\xc0\xaf\"}", "NOT_JSON"},
      {"{\"text\": \"\xed\xa0\x80\"}", "NOT_JSON"},
      {R"({"text": "\ud83d"})", "NOT_JSON"},
      {R"({"text": "\ude00\ud83d"})", "NOT_JSON"},
  };
  for (const Case& row : cases) EXPECT_EQ(Refusal(row.json), row.reason) << row.json;
}

TEST(JsonGuard, TakesNoKeyTwice) {
  struct Case {
    std::string json;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {R"({"text": "a", "text": "b"})", "GIVEN_TWICE"},
      {R"({"updateMask": "a", "update_mask": "b"})", "GIVEN_TWICE"},
      {R"({"unknown": 1, "unknown": 2})", "GIVEN_TWICE"},
      {R"({"unknown": {"a": 1, "a": 2}})", "GIVEN_TWICE"},
      {R"({"items": [{"firstName": "a"}, {"first_name": "b", "firstName": "c"}]})", "GIVEN_TWICE"},
      {R"({"items": [{"items": [{"firstName": "a", "first_name": "c"}]}]})", "GIVEN_TWICE"},
      {R"({"byName": {"a": {"firstName": "a", "first_name": "c"}}})", "GIVEN_TWICE"},
      {R"({"headers": {"x": "1", "x": "2"}})", "GIVEN_TWICE"},
      // Keys of a map are no names of fields.
      {R"({"headers": {"first_name": "1", "firstName": "2"}})", ""},
      {R"({"byName": {"first_name": {}, "firstName": {}, "key": {}, "value": {}}})", ""},
      {R"({"items": [{"firstName": "a"}, {"firstName": "b"}]})", ""},
      {R"({"items": [{"items": []}, {"firstName": "b"}], "text": "a"})", ""},
  };
  for (const Case& row : cases) EXPECT_EQ(Refusal(row.json), row.reason) << row.json;
}

TEST(JsonGuard, TakesSixtyFourLevelsAndNoMore) {
  EXPECT_EQ(Refusal(Nested(64, "[", "]")), "");
  EXPECT_EQ(Refusal(Nested(65, "[", "]")), "JSON_TOO_DEEP");
  EXPECT_EQ(Refusal(Nested(32, R"({"a":[)", "]}")), "");
  EXPECT_EQ(Refusal(Nested(33, R"({"a":[)", "]}")), "JSON_TOO_DEEP");
  EXPECT_EQ(Refusal(std::string(size_t{4} << 20U, '[')), "JSON_TOO_DEEP");
}

// Protocol Buffers' reader takes `a(b,c)` for `a.b,a.c`: some 100 KiB of it take minutes and all
// memory.
TEST(JsonGuard, TakesNoParenthesesInFieldMasks) {
  const std::string blown = "\"" + std::string(100'000, 'a') + std::string(50'000, '(') + "\"";
  struct Case {
    std::string json;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {R"j({"updateMask": "a,b.c,labels[\"x\"]"})j", ""},
      {R"j({"updateMask": )j" + blown + "}", "JSON_DOES_NOT_FIT"},
      {R"j({"update_mask": "a(b)"})j", "JSON_DOES_NOT_FIT"},
      {R"j({"any": {"@type": "a/google.protobuf.FieldMask", "value": "a(b)"}})j",
       "JSON_DOES_NOT_FIT"},
      {R"j({"any": {"@type": "a/kirikae.echo.EchoRequest", "updateMask": "a(b)"}})j",
       "JSON_DOES_NOT_FIT"},
      {R"j({"any": {"@type": "a/google.protobuf.Any", "value":
           {"@type": "a/google.protobuf.FieldMask", "value": "a(b)"}}})j",
       "JSON_DOES_NOT_FIT"},
      {R"j({"text": "a(b)", "unknown": "a(b)"})j", ""},
  };
  for (const Case& row : cases) EXPECT_EQ(Refusal(row.json), row.reason) << row.json.substr(0, 200);
}

TEST(JsonGuard, KnowsWhatIsInAnAny) {
  struct Case {
    std::string json;
    std::string reason;
  };
  const std::vector<Case> cases = {
      {R"({"any": {"@type": "type.googleapis.com/kirikae.echo.Item", "firstName": "a"}})", ""},
      {R"({"any": {"@type": "kirikae.echo.Item"}, "text": "a"})", ""},
      {R"({"any": {}})", ""},
      {R"({"any": null})", ""},
      {R"({"any": {"firstName": "a", "@type": "a/kirikae.echo.Item"}})", "JSON_DOES_NOT_FIT"},
      {R"({"any": {"@type": "a/no.Such"}})", "JSON_DOES_NOT_FIT"},
      {R"({"any": {"@type": "a/kirikae.echo.EchoRequest.Nope"}})", "JSON_DOES_NOT_FIT"},
      {R"({"any": {"@type": "a/kirikae.echo.Item.first_name"}})", "JSON_DOES_NOT_FIT"},
      {R"({"any": {"@type": ""}})", "JSON_DOES_NOT_FIT"},
      {R"({"any": {"@type": 1}})", "JSON_DOES_NOT_FIT"},
      {R"({"any": {"@type": ["a/kirikae.echo.Item"]}})", "JSON_DOES_NOT_FIT"},
      {R"({"any": {"@type": "a/kirikae.echo.Item", "firstName": "a", "first_name": "b"}})",
       "GIVEN_TWICE"},
      {R"({"any": {"@type": "a/kirikae.echo.Item", "@type": "a/kirikae.echo.Item"}})",
       "GIVEN_TWICE"},
  };
  for (const Case& row : cases) EXPECT_EQ(Refusal(row.json), row.reason) << row.json;
}

TEST(JsonForm, ReadsWhatTheMappingOfProtocolBuffersSays) {
  const auto bytes = FromJson(
      R"({"text": "a", "answers": "3", "updateMask": "authMethod,labels", "raw": "AAE",
          "any": {"@type": "type.googleapis.com/kirikae.echo.Item", "firstName": "太郎"},
          "byName": {"x": {"firstName": "y"}}, "notKnown": [1, {"a": null}]})",
      *echo::EchoRequest::descriptor());
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  echo::EchoRequest request;
  ASSERT_TRUE(request.ParseFromString(*bytes));
  EXPECT_EQ(request.text(), "a");
  EXPECT_EQ(request.answers(), 3);
  EXPECT_THAT(request.update_mask().paths(), ::testing::ElementsAre("auth_method", "labels"));
  echo::Item item;
  ASSERT_TRUE(request.any().UnpackTo(&item));
  EXPECT_EQ(item.first_name(), "太郎");
  EXPECT_EQ(request.by_name().at("x").first_name(), "y");
  EXPECT_EQ(request.raw(), std::string("\0\1", 2));

  const auto json = ToJson(request.SerializeAsString(), *echo::EchoRequest::descriptor());
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ(*json, R"({"text":"a","answers":3,"updateMask":"authMethod,labels",)"
                   R"("any":{"@type":"type.googleapis.com/kirikae.echo.Item","firstName":"太郎"},)"
                   R"("byName":{"x":{"firstName":"y"}},"raw":"AAE="})");
}

TEST(JsonForm, RefusesWhatDoesNotFitTheMessage) {
  for (const std::string json : {R"({"answers": "three"})", R"({"text": ["a"]})", R"([])", R"("a")",
                                 R"({"answers": 4294967296})", R"({"raw": "*"})",
                                 R"({"any": {"@type": "type.googleapis.com/no.Such"}})"}) {
    const auto bytes = FromJson(json, *echo::EchoRequest::descriptor());
    ASSERT_FALSE(bytes.ok()) << json;
    EXPECT_EQ(bytes.status().code(), absl::StatusCode::kInvalidArgument) << json;
    EXPECT_EQ(domain::DetailOf(bytes.status())->reason, "JSON_DOES_NOT_FIT") << json;
  }
}

TEST(JsonForm, AnAnswerThatCannotBeWrittenIsAnErrorOfTheService) {
  echo::EchoRequest answer;
  answer.mutable_any()->set_type_url("type.googleapis.com/no.Such");
  answer.mutable_any()->set_value("a");
  const auto json = ToJson(answer.SerializeAsString(), *echo::EchoRequest::descriptor());
  EXPECT_EQ(json.status().code(), absl::StatusCode::kInternal);
}

}  // namespace
}  // namespace kirikae::connect
