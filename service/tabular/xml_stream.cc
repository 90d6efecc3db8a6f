#include "service/tabular/xml_stream.h"

#include <expat.h>

namespace kirikae::tabular {
namespace {

constexpr int kMostDepth = 64;
constexpr XML_Index kLongestTag = 1 << 20;

std::string_view WithoutPrefix(std::string_view name) {
  const size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
  for (const char** pair = pairs_; pair[0] != nullptr; pair += 2) {
    if (WithoutPrefix(pair[0]) == name) return pair[1];
  }
  return {};
}

struct XmlStream::Parser {
  explicit Parser(XmlHandler& to) : handler(to), parser(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser, this);
    XML_SetElementHandler(
        parser,
        [](void* self, const char* name, const char** attributes) {
          auto& me = *static_cast<Parser*>(self);
          if (++me.depth > kMostDepth) {
            me.Stop(absl::InvalidArgumentError("elements nest too deep"));
            return;
          }
          me.Stop(me.handler.Start(WithoutPrefix(name), XmlAttributes(attributes)));
        },
        [](void* self, const char* name) {
          auto& me = *static_cast<Parser*>(self);
          --me.depth;
          me.Stop(me.handler.End(WithoutPrefix(name)));
        });
    XML_SetCharacterDataHandler(parser, [](void* self, const char* text, int length) {
      auto& me = *static_cast<Parser*>(self);
      me.Stop(me.handler.Text({text, static_cast<size_t>(length)}));
    });
  }
  ~Parser() { XML_ParserFree(parser); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void Stop(absl::Status because) {
    if (because.ok() || !status.ok()) return;
    status = std::move(because);
    XML_StopParser(parser, XML_FALSE);
  }

  XmlHandler& handler;
  XML_Parser parser;
  int depth = 0;
  XML_Index fed = 0;
  absl::Status status;
};

XmlStream::XmlStream(XmlHandler& handler) : parser_(std::make_unique<Parser>(handler)) {}
XmlStream::~XmlStream() = default;

absl::Status XmlStream::Feed(std::string_view bytes) { return Parse(bytes, false); }
absl::Status XmlStream::Finish() { return Parse({}, true); }

absl::Status XmlStream::Parse(std::string_view bytes, bool last) {
  if (!parser_->status.ok()) return parser_->status;
  XML_Parser parser = parser_->parser;
  const auto length = static_cast<int>(bytes.size());
  const XML_Status parsed = XML_Parse(parser, bytes.data(), length, last ? XML_TRUE : XML_FALSE);
  parser_->fed += length;
  if (parser_->status.ok() && parsed != XML_STATUS_OK) {
    parser_->status = absl::InvalidArgumentError(XML_ErrorString(XML_GetErrorCode(parser)));
  }
  // The parser keeps the bytes of a tag until the tag is complete.
  if (parser_->status.ok() && parser_->fed - XML_GetCurrentByteIndex(parser) > kLongestTag) {
    parser_->status = absl::InvalidArgumentError("a tag is too long");
  }
  return parser_->status;
}

}  // namespace kirikae::tabular
