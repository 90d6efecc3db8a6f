#include "service/server/said.h"

#include <ostream>

#include "service/catalogue/catalogue.h"

namespace kirikae::server {
namespace {

struct Languages {
  bool english = true;
  bool japanese = true;
};

Languages& Spoken() {
  static Languages languages;
  return languages;
}

}  // namespace

void SpeakOnly(std::string_view language) {
  Spoken() = {.english = language != "ja", .japanese = language != "en"};
}

void Say(std::ostream& out, const domain::Sentence& sentence, const std::string& before) {
  if (Spoken().english) out << before << sentence.English() << "\n";
  if (Spoken().japanese) out << before << catalogue::Japanese(sentence) << "\n";
}

}  // namespace kirikae::server
